using Strata.Graph.Commands;
using Strata.Graph.Keys;
using Strata.Metadata;

namespace Strata.Graph.Building;

/// <summary>What the tasks of one recipe have in common, and where they get the rest from when somebody asks.</summary>
internal sealed class TaskSource
{
    private TaskGraph? _graph;

    public TaskSource(ResolvedRecipe recipe, OwnKeys keys)
    {
        (Recipe, Keys, Configuration, NamePrefix) = (recipe.Recipe, keys, recipe.Configuration, $"{recipe.FullName}:");
        WorkDirectory = Recipe.Variables.Get("WORKDIR") ?? "";
        var place = Recipe.Variables.Get("WORK_PLACE") ?? "";
        // Two configurations may build the same recipe in one run.
        WorkPlace = Configuration.Length == 0 ? place : $"mc-{Configuration}/{place}";
    }

    public Recipe Recipe { get; }

    public OwnKeys Keys { get; }

    public string Configuration { get; }

    /// <summary>What all names of the recipe's tasks begin with.</summary>
    public string NamePrefix { get; }

    public string WorkDirectory { get; }

    public string WorkPlace { get; }

    /// <summary>The graph that the tasks belong to; set when it is complete.</summary>
    public TaskGraph Graph
    {
        get => _graph ?? throw new InvalidOperationException("the graph is not complete");
        set => _graph = value;
    }

    public TaskCommand Command(string task, string? builtin) => CommandBuilder.Build(Recipe, task, builtin, Places.OfTask(Recipe, task));
}
