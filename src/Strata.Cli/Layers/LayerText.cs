using System.Collections.Immutable;
using System.Text;
using Strata.Cli.Answers;

namespace Strata.Cli.Layers;

/// <summary>Layers for people.</summary>
internal static class LayerText
{
    private const int Column = 14;

    public static string List(ImmutableArray<LayerEntry> layers) =>
        TextTable.Of(layers.Select(l => new[] { l.Name, $"priority {l.Priority}", string.Join(' ', l.Series), l.Git?.ToString() ?? "", l.Path }));

    public static string Of(LayerAnswer answer)
    {
        var layer = answer.Layer;
        var text = new StringBuilder($"{layer.Name}{(layer.Version.Length > 0 ? $" {layer.Version}" : "")}: {layer.Path}\n");
        Append(text, "priority", [layer.Priority.ToString(null, null)]);
        Append(text, "series", layer.Series);
        if (layer.Git is { } git) Append(text, "git", [git.ToString(), .. git.Changed]);
        Append(text, "needs", [.. answer.Dependencies.Select(d => Dependency(d))]);
        Append(text, "needed by", answer.NeededBy);
        Append(text, "machines", answer.Machines);
        Append(text, "distros", answer.Distributions);
        Append(text, "classes", answer.Classes);
        Append(text, "recipes", answer.Recipes);
        Append(text, "appends", [.. answer.Appends.Select(a => $"{a.Recipe}: {string.Join(", ", a.Appends)}")]);
        Append(text, "overlaid", [.. answer.Overlays.Select(Line)]);
        Append(text, "sets", [.. answer.Sets.Select(s => $"{s.Name} {s.Operator} \"{s.Text.ReplaceLineEndings(" ")}\" ({s.Place}){(s.Effect.Length > 0 ? $" ← {s.Effect}" : "")}")]);
        return text.ToString();
    }

    public static string Appends(ImmutableArray<AppendedRecipe> recipes)
    {
        var text = new StringBuilder();
        foreach (var recipe in recipes)
        {
            _ = text.Append($"{recipe.Recipe}: {recipe.File}\n");
            foreach (var append in recipe.Appends) _ = text.Append($"  {append}\n");
        }
        return text.ToString();
    }

    public static string Overlaid(ImmutableArray<OverlaidName> names)
    {
        var text = new StringBuilder();
        foreach (var name in names)
        {
            _ = text.Append($"{name.Kind} {name.Name}: {name.Wins} is used, {name.Why}\n");
            foreach (var overlaid in name.Overlaid) _ = text.Append($"  not {overlaid}\n");
        }
        return text.ToString();
    }

    public static string Classes(ImmutableArray<ClassEntry> classes) =>
        TextTable.Of(classes.Select(c => new[] { c.Name, c.Layer, c.File, c.IsOverlaid ? "overlaid" : "" }));

    public static string Dependencies(ImmutableArray<LayerDependency> dependencies) =>
        TextTable.Of(dependencies.Select(d => new[] { d.Layer, Dependency(d) }));

    private static string Dependency(LayerDependency dependency)
    {
        var constraints = dependency.Constraints.IsEmpty ? "" : $" ({string.Join(", ", dependency.Constraints)})";
        var kind = dependency.IsRequired ? "" : ", recommended";
        var version = dependency.Version switch { null => ", not in this workspace", "" => "", var v => $", version {v}" };
        return $"{dependency.Needed}{constraints}{kind}{version}";
    }

    private static string Line(OverlaidName name) => $"{name.Kind} {name.Name}: {name.Wins} instead of {string.Join(", ", name.Overlaid)}";

    private static void Append(StringBuilder text, string name, ImmutableArray<string> lines)
    {
        for (var i = 0; i < lines.Length; i++) _ = text.Append("  ").Append((i == 0 ? name : "").PadRight(Column)).Append(lines[i]).Append('\n');
    }
}
