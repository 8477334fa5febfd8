using System.Collections.Immutable;
using System.Text;

namespace Strata.Cli.Answers;

/// <summary>Recipes for people.</summary>
internal static class RecipeText
{
    private const int Column = 12;

    public static string List(ImmutableArray<RecipeEntry> recipes) =>
        TextTable.Of(recipes.Select(r => new[] { r.Name, r.Version, r.Layer, r.SkipReason is null ? "" : $"skipped: {r.SkipReason}" }));

    public static string Of(RecipeAnswer recipe)
    {
        var text = new StringBuilder($"{recipe.Name} {recipe.Version}{(recipe.Variant.Length > 0 ? $" ({recipe.Variant})" : "")}\n");
        if (recipe.Summary.Length > 0) _ = text.Append($"  {recipe.Summary}\n");
        if (recipe.SkipReason is not null) _ = text.Append($"  skipped: {recipe.SkipReason}\n");
        Append(text, "layer", [$"{recipe.Layer} (priority {recipe.LayerPriority})"]);
        Append(text, "file", [recipe.File]);
        Append(text, "appends", recipe.Appends);
        Append(text, "licence", [recipe.License]);
        Append(text, "provides", recipe.Provides);
        Append(text, "depends", recipe.Depends);
        Append(text, "packages", [.. recipe.Packages.Select(p => recipe.RuntimeDepends[p] is [_, ..] needs ? $"{p} (needs {string.Join(' ', needs)})" : p)]);
        Append(text, "sources", recipe.Sources);
        Append(text, "pins", [.. recipe.Pins.Select(p => $"{p.Key} = {p.Value}")]);
        Append(text, "inherits", [string.Join(' ', recipe.Inherits)]);
        Append(text, "tasks", [.. recipe.Tasks.Select(Task)]);
        if (!recipe.SkippedPython.IsEmpty) Append(text, "not run", ["Python of its own accord, which might change what is above:", .. recipe.SkippedPython]);
        return text.ToString();
    }

    private static string Task(TaskAnswer task)
    {
        var text = task.Name + (task.Builtin is null ? "" : $" [{task.Builtin}]");
        if (task.After.Length > 0) text += $" after {string.Join(' ', task.After)}";
        return task.Depends.Length > 0 ? $"{text}; needs {string.Join(' ', task.Depends)}" : text;
    }

    private static void Append(StringBuilder text, string name, IReadOnlyList<string> lines)
    {
        for (var i = 0; i < lines.Count; i++)
            if (lines[i].Length > 0) _ = text.Append("  ").Append((i == 0 ? name : "").PadRight(Column)).Append(lines[i]).Append('\n');
    }
}
