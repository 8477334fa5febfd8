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
        var events = new EventStream();
        events.Subscribe(e => { if (e is DiagnosticReported { Diagnostic: { Severity: Severity.Error } error }) problem(error); });
        var session = new Session(question.Workspace, question.Context.Environment, events);
        if (session.Load(layers, cancel) is not { } metadata) return null;
        if (session.Resolve(metadata, targets, cancel) is not { } graph) return null;
        return new(metadata, graph.Tasks.ToImmutableSortedDictionary(t => t.Name, t => t, StringComparer.Ordinal));
    }
}
