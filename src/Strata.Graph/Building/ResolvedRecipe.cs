using System.Collections.Immutable;
using Strata.Core;
using Strata.Graph.Providers;
using Strata.Metadata;

namespace Strata.Graph.Building;

/// <summary>A recipe that something wants, with its tasks numbered for the whole graph.</summary>
internal sealed class ResolvedRecipe(RecipeFacts facts, Resolution names, WantedBy? wantedBy, string wantedAs)
{
    private Dictionary<string, int> _taskNumbers = [];

    public RecipeFacts Facts => facts;

    public Recipe Recipe => facts.Recipe;

    /// <summary>What the names that the recipe uses lead to.</summary>
    public Resolution Names => names;

    /// <summary>The name of the multiconfig, or empty.</summary>
    public string Configuration => names.Name;

    /// <summary>PN, in a configuration of BBMULTICONFIG behind <c>mc:NAME:</c>.</summary>
    public string FullName => names.Prefix.Length == 0 ? Recipe.Name : names.Prefix + Recipe.Name;

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
    public IEnumerable<string> Chain() =>
        Wanting().Select(r => r._wantedAs == r.Recipe.Name ? r.FullName : $"{r.FullName} (as {r._wantedAs})");

    /// <summary>The places that made the chain: where the recipe that wanted this one says so, and so on.</summary>
    public IEnumerable<SourceSpan> ChainPlaces() => Wanting().Select(r => r._wantedBy).OfType<WantedBy>().Select(by => by.Place());

    private IEnumerable<ResolvedRecipe> Wanting()
    {
        for (var recipe = this; recipe is not null; recipe = recipe._wantedBy?.Recipe) yield return recipe;
    }

    private readonly WantedBy? _wantedBy = wantedBy;
    private readonly string _wantedAs = wantedAs;
}
