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
        // What appends to a recipe of a missing layer does nothing: that is a difference, not a mistake.
        var session = NewSession(question, question.Workspace with { Variables = question.Workspace.Variables.SetItem("BB_DANGLINGAPPENDS_WARNONLY", "1") }, problem);
        if (session.Load(layers, cancel) is not { } metadata) return null;
        return session.Resolve(metadata, targets, cancel) is { } graph ? new(metadata, graph.Tasks.ToImmutableSortedDictionary(t => t.Name, t => t, StringComparer.Ordinal)) : null;
    }

    /// <summary>Only whether the metadata can be read.</summary>
    public static bool CanBeRead(Question question, ImmutableArray<string> layers, Action<Diagnostic> problem, CancellationToken cancel) =>
        NewSession(question, question.Workspace, problem).Load(layers, cancel) is not null;

    private static Session NewSession(Question question, Workspace workspace, Action<Diagnostic> problem)
    {
        var events = new EventStream();
        events.Subscribe(e => { if (e is DiagnosticReported { Diagnostic: { Severity: Severity.Error } error }) problem(error); });
        return new(workspace, question.Context.Environment, events);
    }
}
