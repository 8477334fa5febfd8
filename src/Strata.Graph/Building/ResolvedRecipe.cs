using System.Collections.Immutable;
using Strata.Core;
using Strata.Graph.Providers;
using Strata.Metadata;

namespace Strata.Graph.Building;

/// <summary>A recipe that something wants, with its tasks numbered for the whole graph.</summary>
internal sealed class ResolvedRecipe(RecipeFacts facts, ResolvedRecipe? wantedBy, string wantedAs)
{
    private Dictionary<string, int> _taskNumbers = [];

    public RecipeFacts Facts => facts;

    public Recipe Recipe => facts.Recipe;

    public string Name => facts.Recipe.Name;

    public ImmutableArray<TaskSpec> Tasks { get; private set; } = [];

    public ImmutableArray<string> Dependencies { get; private set; } = [];

    public ImmutableArray<string> RuntimeDependencies { get; private set; } = [];

    /// <summary>The number of the recipe's first task; the others follow.</summary>
    public int FirstTask { get; private set; }

    public int LastTask => FirstTask + Tasks.Length - 1;

    /// <summary>Reads what the recipe asks for. May run beside others.</summary>
    public void Read(Diagnostics diagnostics)
    {
        try
        {
            Dependencies = facts.Dependencies;
            RuntimeDependencies = facts.RuntimeDependencies;
            Tasks = [.. Recipe.Tasks.Select(t => TaskSpec.Of(Recipe, t, diagnostics))];
        }
        catch (ExpansionException e)
        {
            diagnostics.Add(e.Diagnostic);
        }
    }

    public int NumberTasks(int first)
    {
        FirstTask = first;
        _taskNumbers = new(Tasks.Length, StringComparer.Ordinal);
        for (var i = 0; i < Tasks.Length; i++) _taskNumbers[Tasks[i].Name] = first + i;
        return first + Tasks.Length;
    }

    /// <summary>The number of a task in the whole graph, or -1.</summary>
    public int TaskNumber(string task) => _taskNumbers.GetValueOrDefault(task, -1);

    /// <summary>This recipe, then the one that wanted it, and so on up to the target.</summary>
    public IEnumerable<string> Chain()
    {
        for (var (recipe, depth) = (this, 0); recipe is not null; (recipe, depth) = (recipe._wantedBy, depth + 1))
            yield return recipe._wantedAs == recipe.Name ? recipe.Name : $"{recipe.Name} (as {recipe._wantedAs})";
    }

    private readonly ResolvedRecipe? _wantedBy = wantedBy;
    private readonly string _wantedAs = wantedAs;
}
