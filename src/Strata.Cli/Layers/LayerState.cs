using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Strata.Cli.Answers;
using Strata.Core;
using Strata.Graph;
using Strata.Metadata;

namespace Strata.Cli.Layers;

/// <summary>The build as it is with a certain set of layers. Nothing is written.</summary>
/// <param name="Tasks">By name.</param>
internal sealed record LayerState(LoadedMetadata Metadata, ImmutableSortedDictionary<string, TaskNode> Tasks)
{
    /// <summary>Of world, what cannot be without the layers that are missing is left out, and named. Null when it cannot be read; then the problems say why.</summary>
    public static LayerState? Read(Question question, ImmutableArray<string> layers, ImmutableArray<string> targets, Action<Diagnostic> problem, CancellationToken cancel)
    {
        var hidden = new SortedSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var problems = new List<Diagnostic>();
            var session = NewSession(question, Lenient(question.Workspace, hidden), problems.Add);
            if (session.Load(layers, cancel) is { } metadata && session.Resolve(metadata, targets, cancel) is { } graph)
            {
                foreach (var file in hidden) question.Events.Publish(new Announced($"left out where the layer is missing, as it needs it: {question.Shown(file)}"));
                return new(metadata, graph.Tasks.ToImmutableSortedDictionary(t => t.Name, t => t, StringComparer.Ordinal));
            }
            // Each round hides something more, or is the last one.
            if (targets is ["world"] && problems.All(p => GraphRules.IsUnmetNeed(p) && !p.Place.IsNowhere) && problems.Select(p => hidden.Add(p.Place.File)).ToArray().Contains(true)) continue;
            foreach (var found in problems) problem(found);
            return null;
        }
    }

    /// <summary>What appends to a recipe of a missing layer does nothing: that is a difference, not a mistake.</summary>
    private static Workspace Lenient(Workspace workspace, IReadOnlyCollection<string> hidden)
    {
        var variables = workspace.Variables.SetItem("BB_DANGLINGAPPENDS_WARNONLY", "1");
        // A blank would end the pattern.
        return workspace with { Variables = hidden.Count == 0 ? variables : variables.SetItem("BBMASK", string.Join(' ', hidden.Select(f => Regex.Escape(f).Replace("\\ ", ".", StringComparison.Ordinal)))) };
    }

    /// <summary>Only whether the metadata can be read.</summary>
    public static bool CanBeRead(Question question, ImmutableArray<string> layers, Action<Diagnostic> problem, CancellationToken cancel) =>
        NewSession(question, question.Workspace, problem).Load(layers, cancel) is not null;

    private static Session NewSession(Question question, Workspace workspace, Action<Diagnostic> problem)
    {
        var events = new EventStream();
        events.Subscribe(e => { if (e is DiagnosticReported { Diagnostic: { Severity: Severity.Error } error }) problem(error); });
        return new(workspace, question.Context.Environment, events) { IsTimeless = true };
    }
}
