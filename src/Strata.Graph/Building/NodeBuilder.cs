using System.Collections.Concurrent;
using System.Collections.Immutable;
using Strata.Core;
using Strata.Graph.Commands;
using Strata.Graph.Keys;
using Strata.Metadata;

namespace Strata.Graph.Building;

/// <summary>Turns the reached tasks into nodes: their kinds, keys and inputs.</summary>
internal sealed class NodeBuilder(LoadedMetadata metadata, EdgeTable edges, Resolution resolution, Diagnostics diagnostics)
{
    private const string DeepSchema = "strata/deep/1";

    /// <param name="order">Dependencies first.</param>
    /// <returns>Null if there were errors.</returns>
    public ImmutableArray<TaskNode>? Build(List<int> order, CancellationToken cancel)
    {
        var facts = ReadFacts(order, cancel);
        if (diagnostics.HasErrors) return null;

        var inputs = new InputTable(edges, resolution, facts);
        var ids = new Dictionary<int, TaskId>(order.Count);
        var nodes = ImmutableArray.CreateBuilder<TaskNode>(order.Count);
        (ImmutableArray<int> Numbers, ImmutableArray<TaskId> Ids) latest = ([], []);
        foreach (var task in order)
        {
            ids[task] = new(nodes.Count);
            nodes.Add(Node(task, facts[task], ids, IdsOf(inputs.Of(task)), nodes));
        }
        return nodes.ToImmutable();

        ImmutableArray<TaskId> IdsOf(ImmutableArray<int> numbers)
        {
            if (numbers != latest.Numbers) latest = (numbers, [.. numbers.Select(n => ids[n])]);
            return latest.Ids;
        }
    }

    /// <summary>The costly part, recipe by recipe on all cores.</summary>
    private ConcurrentDictionary<int, TaskFacts> ReadFacts(List<int> order, CancellationToken cancel)
    {
        var settings = new KeySettings(metadata.Configuration);
        var files = new LocalFiles(diagnostics);
        var hostPaths = new HostPaths(metadata);
        var facts = new ConcurrentDictionary<int, TaskFacts>(Environment.ProcessorCount, order.Count);
        var byRecipe = order.GroupBy(edges.RecipeOf).ToList();
        _ = Parallel.ForEach(byRecipe, new ParallelOptions { CancellationToken = cancel }, tasks =>
        {
            try
            {
                var keys = new OwnKeys(tasks.Key.Recipe, settings, files, hostPaths);
                foreach (var task in tasks) facts[task] = TaskFacts.Of(tasks.Key.Recipe, edges.SpecOf(task).Name, keys, diagnostics);
            }
            catch (ExpansionException e)
            {
                diagnostics.Add(e.Diagnostic);
            }
        });
        return facts;
    }

    private TaskNode Node(int task, TaskFacts facts, Dictionary<int, TaskId> ids, ImmutableArray<TaskId> inputs, ImmutableArray<TaskNode>.Builder nodes)
    {
        var recipe = edges.RecipeOf(task).Recipe;
        var name = edges.SpecOf(task).Name;
        var dependencies = edges[task].Select(d => ids[d]).ToImmutableArray();
        var fields = dependencies.Select(d => new KeyField($"dep:{nodes[d.Index].Name}", nodes[d.Index].DeepKey.Digest.ToString())).ToList();
        return new()
        {
            Id = ids[task],
            RecipeName = recipe.Name,
            RecipeFile = recipe.File,
            TaskName = name,
            Kind = facts.Kind,
            Builtin = facts.Builtin,
            Dependencies = dependencies,
            Inputs = inputs,
            Mount = facts.Mount,
            ArtifactDirectory = facts.Artifact,
            Deploy = facts.Deploy,
            OwnKey = facts.Own.Key,
            DeepKey = KeyDigest.Extend(DeepSchema, facts.Own.Key, fields),
            WorkDirectory = recipe.Variables.Get("WORKDIR") ?? "",
            WorkPlace = recipe.Variables.Get("WORK_PLACE") ?? "",
            LocalFiles = facts.Own.LocalFiles,
            PlaceSource = () => Places.OfTask(recipe, name),
            VariableSource = variable => facts.Own.Read($"{recipe.Name}:{name}", variable),
            CommandSource = () => CommandBuilder.Build(recipe, name, facts.Builtin, Places.OfTask(recipe, name)),
        };
    }
}
