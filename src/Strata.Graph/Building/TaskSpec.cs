using System.Collections.Immutable;
using Strata.Core;
using Strata.Metadata;

namespace Strata.Graph.Building;

/// <summary>What a recipe says about one of its tasks: the edges by name, before anybody knows which recipes they lead to.</summary>
internal sealed class TaskSpec(string name, ImmutableArray<string> after)
{
    public string Name => name;

    public ImmutableArray<string> After => after;

    public ImmutableArray<TaskReference> Depends { get; private set; } = [];

    public ImmutableArray<TaskReference> RuntimeDepends { get; private set; } = [];

    public ImmutableArray<string> DepTask { get; private set; } = [];

    public ImmutableArray<string> RuntimeDepTask { get; private set; } = [];

    public ImmutableArray<string> RecursiveDepTask { get; private set; } = [];

    public ImmutableArray<string> RecursiveStartTask { get; private set; } = [];

    public ImmutableArray<OtherConfiguration> OtherConfigurations { get; private set; } = [];

    public static TaskSpec Of(Recipe recipe, RecipeTask task, Diagnostics diagnostics)
    {
        var spec = new TaskSpec(task.Name, task.After);
        foreach (var (flag, value, weak) in recipe.Variables.Entry(task.Name).Flags)
        {
            if ((value ?? weak) is null) continue;
            switch (flag)
            {
                case "depends": spec.Depends = References(flag); break;
                case "rdepends": spec.RuntimeDepends = References(flag); break;
                case "deptask": spec.DepTask = Names(flag); break;
                case "rdeptask": spec.RuntimeDepTask = Names(flag); break;
                case "recrdeptask": spec.RecursiveDepTask = Names(flag); break;
                case "recideptask": spec.RecursiveStartTask = Names(flag); break;
                case "mcdepends": spec.OtherConfigurations = Others(flag); break;
                default: break;
            }
        }
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

        ImmutableArray<OtherConfiguration> Others(string flag)
        {
            var others = ImmutableArray.CreateBuilder<OtherConfiguration>();
            foreach (var word in Names(flag))
                if (OtherConfiguration.Parse(word) is { } other) others.Add(other);
                else diagnostics.Add(GraphRules.MalformedConfigurationDependency(Places.Of(recipe, task.Name, flag, word), $"{recipe.Name}:{task.Name}", word));
            return others.ToImmutable();
        }
    }
}
