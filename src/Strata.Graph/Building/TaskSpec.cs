using System.Collections.Immutable;
using Strata.Core;
using Strata.Metadata;

namespace Strata.Graph.Building;

/// <summary>What a recipe says about one of its tasks: the edges by name, before anybody knows which recipes they lead to.</summary>
internal sealed record TaskSpec(string Name, ImmutableArray<string> After)
{
    public ImmutableArray<TaskReference> Depends { get; init; } = [];

    public ImmutableArray<TaskReference> RuntimeDepends { get; init; } = [];

    public ImmutableArray<string> DepTask { get; init; } = [];

    public ImmutableArray<string> RuntimeDepTask { get; init; } = [];

    public ImmutableArray<string> RecursiveDepTask { get; init; } = [];

    public ImmutableArray<string> RecursiveStartTask { get; init; } = [];

    public ImmutableArray<string> OtherConfigurations { get; init; } = [];

    public static TaskSpec Of(Recipe recipe, RecipeTask task, Diagnostics diagnostics)
    {
        var spec = new TaskSpec(task.Name, task.After);
        foreach (var flag in recipe.Variables.FlagNames(task.Name))
            spec = flag switch
            {
                "depends" => spec with { Depends = References(flag) },
                "rdepends" => spec with { RuntimeDepends = References(flag) },
                "deptask" => spec with { DepTask = Names(flag) },
                "rdeptask" => spec with { RuntimeDepTask = Names(flag) },
                "recrdeptask" => spec with { RecursiveDepTask = Names(flag) },
                "recideptask" => spec with { RecursiveStartTask = Names(flag) },
                "mcdepends" => spec with { OtherConfigurations = Names(flag) },
                _ => spec,
            };
        return spec;

        ImmutableArray<string> Names(string flag) => [.. WordList.Of(recipe.Variables.GetFlag(task.Name, flag))];

        ImmutableArray<TaskReference> References(string flag)
        {
            var references = ImmutableArray.CreateBuilder<TaskReference>();
            foreach (var word in Names(flag))
            {
                var colon = word.LastIndexOf(':');
                if (colon > 0 && colon < word.Length - 1) references.Add(new(word[..colon], word[(colon + 1)..]));
                else diagnostics.Add(GraphRules.MalformedTaskDependency(Places.Of(recipe, task.Name, flag, word), $"{recipe.Name}:{task.Name}", flag, word));
            }
            return references.ToImmutable();
        }
    }
}
