using System.Collections.Immutable;
using System.Text;

namespace Strata.Cli.Layers;

/// <summary>What changes in a build when layers come or go. All lists are sorted.</summary>
/// <param name="Before">Names of the layers before.</param>
/// <param name="Configuration">Variables of the configuration whose final values differ.</param>
/// <param name="Recipes">Recipes that only one side has: version before and after.</param>
/// <param name="Changed">Recipes of both sides with tasks whose own inputs differ.</param>
/// <param name="Follow">How many further tasks change only because something they depend on does.</param>
/// <param name="Packages">Packages that are new, gone, or of another version or licence, as the recipes declare them.</param>
public sealed record LayerDifference(
    ImmutableArray<string> Before, ImmutableArray<string> After, ImmutableArray<string> Targets, ImmutableArray<ValueChange> Configuration,
    ImmutableArray<ValueChange> Recipes, ImmutableArray<RecipeDifference> Changed, int Follow, ImmutableArray<ValueChange> Packages)
{
    public string Text()
    {
        var text = new StringBuilder();
        _ = text.Append($"layers before: {string.Join(' ', Before)}\nlayers after:  {string.Join(' ', After)}\n");
        Append(text, "configuration", Configuration);
        Append(text, "recipes", Recipes);
        foreach (var recipe in Changed)
        {
            _ = text.Append($"\n{recipe.Name}: {string.Join(' ', recipe.Tasks)}\n");
            if (recipe.File is not null) _ = text.Append($"  {recipe.File}\n");
            foreach (var append in recipe.Appends) _ = text.Append($"  append {append}\n");
            foreach (var variable in recipe.Variables) _ = text.Append($"  {variable}\n");
        }
        if (Follow > 0) _ = text.Append($"\n{Follow} more tasks change because something they depend on does\n");
        Append(text, "packages", Packages);
        if (Configuration.IsEmpty && Recipes.IsEmpty && Changed.IsEmpty && Packages.IsEmpty) _ = text.Append("nothing changes\n");
        return text.ToString();
    }

    private static void Append(StringBuilder text, string title, ImmutableArray<ValueChange> changes)
    {
        if (changes.Length > 0) _ = text.Append($"\n{title}:\n");
        foreach (var change in changes) _ = text.Append($"  {change}\n");
    }
}
