using System.Collections.Immutable;
using Strata.Cli.Answers;
using Strata.Core;
using Strata.Graph;
using Strata.Metadata;

namespace Strata.Cli.Layers;

/// <summary>The build as it is with a certain set of layers. Nothing is written.</summary>
/// <param name="Tasks">By name.</param>
internal sealed record LayerState(LoadedMetadata Metadata, ImmutableSortedDictionary<string, TaskNode> Tasks)
{
    /// <summary>Null when it cannot be read; then the problems say why.</summary>
    public static LayerState? Read(Question question, ImmutableArray<string> layers, IEnumerable<string> targets, Action<Diagnostic> problem, CancellationToken cancel)
    {
        var session = NewSession(question, problem);
        if (session.Load(layers, cancel) is not { } metadata) return null;
        return session.Resolve(metadata, targets, cancel) is { } graph ? new(metadata, graph.Tasks.ToImmutableSortedDictionary(t => t.Name, t => t, StringComparer.Ordinal)) : null;
    }

    /// <summary>Only whether the metadata can be read.</summary>
    public static bool CanBeRead(Question question, ImmutableArray<string> layers, Action<Diagnostic> problem, CancellationToken cancel) =>
        NewSession(question, problem).Load(layers, cancel) is not null;

    private static Session NewSession(Question question, Action<Diagnostic> problem)
    {
        var events = new EventStream();
        events.Subscribe(e => { if (e is DiagnosticReported { Diagnostic: { Severity: Severity.Error } error }) problem(error); });
        return new(question.Workspace, question.Context.Environment, events);
    }
}
