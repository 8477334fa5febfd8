using System.Collections.Immutable;

namespace Strata.Core;

/// <summary>Digest of everything a task depends on, with the named fields it was made from.</summary>
public sealed class TaskKey : IEquatable<TaskKey>
{
    private readonly Func<ImmutableSortedDictionary<string, string>> _source;

    // Given up when memory is short: of the fields of fifty thousand keys hardly any are looked at twice.
    private WeakReference<ImmutableSortedDictionary<string, string>>? _fields;

    public TaskKey(Digest digest, ImmutableSortedDictionary<string, string> fields) => (Digest, _source) = (digest, () => fields);

    /// <param name="fields">
    /// Called when somebody wants to see them, more than once: of thousands of keys only those that changed need explaining.
    /// </param>
    public TaskKey(Digest digest, Func<ImmutableSortedDictionary<string, string>> fields) => (Digest, _source) = (digest, fields);

    public Digest Digest { get; }

    public ImmutableSortedDictionary<string, string> Fields
    {
        get
        {
            if (_fields?.TryGetTarget(out var known) is true) return known;
            var fields = _source();
            _fields = new(fields);
            return fields;
        }
    }

    public bool Equals(TaskKey? other) => other is not null && Digest == other.Digest;

    public override bool Equals(object? obj) => Equals(obj as TaskKey);

    public override int GetHashCode() => Digest.GetHashCode();

    public override string ToString() => Digest.ToString();
}
