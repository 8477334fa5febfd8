using System.Collections.Immutable;

namespace Strata.Core;

/// <summary>Hands every event to every subscriber, one at a time and in the order of publishing.</summary>
public sealed class EventStream
{
    private readonly Lock _gate = new();
    private ImmutableArray<Action<BuildEvent>> _subscribers = [];

    /// <summary>Subscribers are called under a lock: they must be quick and must not publish.</summary>
    public void Subscribe(Action<BuildEvent> subscriber)
    {
        lock (_gate) _subscribers = _subscribers.Add(subscriber);
    }

    public void Publish(BuildEvent happened)
    {
        lock (_gate)
            foreach (var subscriber in _subscribers) subscriber(happened);
    }
}
