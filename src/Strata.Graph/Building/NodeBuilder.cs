using System.Collections.Immutable;
using Strata.Core;
using Strata.Graph.Keys;
using Strata.Metadata;
using Strata.Metadata.Evaluation;

namespace Strata.Graph.Building;

/// <summary>Turns the reached tasks into nodes: their kinds, keys and inputs.</summary>
internal sealed class NodeBuilder(EdgeTable edges, Diagnostics diagnostics)
{
    private static readonly Digest s_deepSchema = Digest.Of("strata/deep/2");

    private readonly TaskFacts?[] _facts = new TaskFacts?[edges.Count];
    private readonly TaskSource?[] _sources = new TaskSource?[edges.Count];

    /// <param name="order">Dependencies first.</param>
    /// <param name="targets">Among these.</param>
    /// <returns>Null if there were errors.</returns>
    public TaskGraph? Build(List<int> order, List<int> targets, CancellationToken cancel)
    {
        ReadFacts(order, cancel);
        if (diagnostics.HasErrors) return null;

        var inputs = new InputTable(edges, _facts);
        var ids = new TaskId[edges.Count];
        var nodes = ImmutableArray.CreateBuilder<TaskNode>(order.Count);
        (ImmutableArray<int> Numbers, ImmutableArray<TaskId> Ids) latest = ([], []);
        foreach (var task in order)
        {
            var direct = inputs.Of(task);
            if (direct != latest.Numbers) latest = (direct, IdsOf(direct.AsSpan()));
            var dependencies = IdsOf(edges[task]);
            ids[task] = new(nodes.Count);
            nodes.Add(new(ids[task], edges.SpecOf(task).Name, _facts[task]!, _sources[task]!, DeepDigest(_facts[task]!, dependencies, nodes))
            {
                Dependencies = dependencies,
                DirectInputs = latest.Ids,
            });
        }
        return new TaskGraph(nodes.MoveToImmutable(), [.. targets.Select(t => ids[t])]).Adopt();

        ImmutableArray<TaskId> IdsOf(ReadOnlySpan<int> tasks)
        {
            var numbers = ImmutableArray.CreateBuilder<TaskId>(tasks.Length);
            foreach (var task in tasks) numbers.Add(ids[task]);
            return numbers.MoveToImmutable();
        }
    }

    /// <summary>The costly part, recipe by recipe on all cores.</summary>
    private void ReadFacts(List<int> order, CancellationToken cancel)
    {
        var files = new LocalFiles(diagnostics);
        var shared = edges.Universe.Configurations.ToDictionary(c => c, c => (Settings: new KeySettings(c.Metadata.Configuration, exact: false), Paths: new HostPaths(c.Metadata)));
        var isReached = new bool[edges.Count];
        foreach (var task in order) isReached[task] = true;
        var recipes = edges.Universe.Recipes.Where(r => isReached.AsSpan(r.FirstTask, r.Tasks.Length).Contains(true)).ToArray();
        Workers.ForEach(Environment.ProcessorCount, recipes.Length, i =>
        {
            var recipe = recipes[i];
            var (settings, paths) = shared[recipe.Names];
            var keys = new OwnKeys(recipe.Recipe, settings, files, paths);
            keys.Begin();
            try
            {
                var source = new TaskSource(recipe, keys);
                for (var task = recipe.FirstTask; task <= recipe.LastTask; task++)
                    if (isReached[task]) (_facts[task], _sources[task]) = (TaskFacts.Of(recipe.Recipe, edges.SpecOf(task).Name, keys, diagnostics), source);
            }
            catch (ExpansionException e)
            {
                diagnostics.Add(e.Diagnostic);
            }
            finally
            {
                keys.End();
            }
        }, cancel);
    }

    /// <summary>Each dependency's key says which task it is for, so its name need not be added.</summary>
    private static Digest DeepDigest(TaskFacts facts, ImmutableArray<TaskId> dependencies, ImmutableArray<TaskNode>.Builder nodes)
    {
        var digests = dependencies.Length < 16 ? stackalloc Digest[dependencies.Length + 1] : new Digest[dependencies.Length + 1];
        digests[0] = facts.OwnKey;
        for (var i = 0; i < dependencies.Length; i++) digests[i + 1] = nodes[dependencies[i].Index].DeepDigest;
        digests[1..].Sort();
        return KeyDigest.OfSequence(s_deepSchema, digests);
    }
}
