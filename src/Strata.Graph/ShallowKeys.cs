using System.Collections.Immutable;
using Strata.Core;
using Strata.Graph.Keys;

namespace Strata.Graph;

/// <summary>
/// Keys from what the inputs turned out to be: a rebuilt dependency with the same output leaves them as they were. For one thread.
/// </summary>
public sealed class ShallowKeys(TaskGraph graph)
{
    private static readonly Digest s_schema = Digest.Of("strata/shallow/2");
    private static readonly Digest s_viewSchema = Digest.Of("strata/view/1");

    private readonly Dictionary<TaskId, TaskKey> _known = [];
    private readonly Dictionary<TaskId, Digest> _views = [];

    /// <param name="task">Any task.</param>
    /// <param name="outputOf">The output digest of a cached task. Asked once per input of each task: an output must not change during a build.</param>
    public TaskKey Of(TaskId task, Func<TaskId, Digest> outputOf)
    {
        if (_known.TryGetValue(task, out var known)) return known;
        var node = graph[task];
        var below = WorkTasksBelow(node);
        var inputs = InputsOfItsOwn(node, below);
        Span<Digest> works = new Digest[below.Length];
        for (var i = 0; i < below.Length; i++) works[i] = Of(below[i], outputOf).Digest;

        // The order of the inputs decides which of two files with the same name a task sees.
        var parts = new List<Digest> { node.OwnDigest, KeyDigest.OfSet(s_schema, works) };
        foreach (var input in inputs) parts.Add(ViewOf(input, outputOf));
        var digest = KeyDigest.OfSequence(s_schema, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(parts));
        return _known[task] = new(digest, () => node.WithFields(Fields(below, inputs, outputOf)));
    }

    private IEnumerable<KeyValuePair<string, string>> Fields(ImmutableArray<TaskId> below, ImmutableArray<TaskId> inputs, Func<TaskId, Digest> outputOf) =>
    [
        .. below.Select(work => KeyValuePair.Create($"dep:{graph[work].Name}", _known[work].ToString())),
        .. graph.WithInputsBelow(inputs).Select(input => KeyValuePair.Create($"input:{graph[input].Name}", outputOf(input).ToString())),
    ];

    /// <summary>
    /// What a dependant sees because of an input: its output, and below it what the input itself saw at the same mount. Made once per
    /// task, so that a task needs to look at its direct inputs only.
    /// </summary>
    private Digest ViewOf(TaskId input, Func<TaskId, Digest> outputOf)
    {
        // Dependencies have lower numbers; a stack of its own because chains may be longer than a thread's stack allows.
        var open = new Stack<TaskId>([input]);
        while (open.TryPeek(out var next))
        {
            var missing = _views.ContainsKey(next) ? [] : graph.SeenBelow(next).Where(b => !_views.ContainsKey(b)).ToList();
            foreach (var below in missing) open.Push(below);
            if (missing.Count > 0) continue;
            _ = open.Pop();
            if (!_views.ContainsKey(next)) _views[next] = KeyDigest.OfSequence(s_viewSchema, [outputOf(next), .. graph.SeenBelow(next).Select(b => _views[b])]);
        }
        return _views[input];
    }

    /// <summary>Without those that a task before it saw as well: its shallow key has them already.</summary>
    private ImmutableArray<TaskId> InputsOfItsOwn(TaskNode node, ImmutableArray<TaskId> below)
    {
        if (below.Any(work => graph[work].DirectInputs == node.DirectInputs)) return [];
        return [.. node.DirectInputs.Except(below.SelectMany(work => graph[work].DirectInputs))];
    }

    /// <summary>The work tasks among the dependencies, through empty tasks; dependencies first.</summary>
    private ImmutableArray<TaskId> WorkTasksBelow(TaskNode node)
    {
        var found = new HashSet<TaskId>();
        var seen = new HashSet<TaskId>();
        var open = new Stack<TaskId>(node.Dependencies);
        while (open.TryPop(out var next))
        {
            if (!seen.Add(next)) continue;
            if (graph[next].Kind == TaskKind.Work) _ = found.Add(next);
            else if (graph[next].Kind == TaskKind.Empty)
                foreach (var dependency in graph[next].Dependencies) open.Push(dependency);
        }
        return [.. found.OrderBy(t => t.Index)];
    }
}
