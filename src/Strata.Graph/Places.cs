using Strata.Core;
using Strata.Metadata;

namespace Strata.Graph;

/// <summary>Finds the line of a user's file that a message is about.</summary>
internal static class Places
{
    /// <summary>Where a variable (or its flag) last got a text that has the word; otherwise where it was last set; otherwise the recipe's file.</summary>
    public static SourceSpan Of(Recipe recipe, string variable, string? flag = null, string? word = null)
    {
        var history = recipe.Variables.History(variable).Where(a => a.Flag == flag && !a.Place.IsNowhere).Reverse().ToList();
        var exact = word is null ? null : history.FirstOrDefault(a => a.Text.Contains(word, StringComparison.Ordinal));
        return (exact ?? history.FirstOrDefault())?.Place ?? new(recipe.File);
    }

    /// <summary>Where a task's function is defined; for a task without one, where it was last added or changed.</summary>
    public static SourceSpan OfTask(Recipe recipe, string task)
    {
        var history = recipe.Variables.History(task);
        var defined = history.LastOrDefault(a => a.Operator == "function") ?? history.LastOrDefault(a => a.Operator == "addtask");
        return defined?.Place ?? new(recipe.File);
    }

    /// <summary>The <c>addtask</c> that puts one task after another; it may add either of them.</summary>
    public static SourceSpan OfEdge(Recipe recipe, string task, string earlier) =>
        OfAddTask(recipe, task, " after ", earlier) ?? OfAddTask(recipe, earlier, " before ", task) ?? OfTask(recipe, task);

    private static SourceSpan? OfAddTask(Recipe recipe, string added, string preposition, string other)
    {
        var words = new[] { other, other.StartsWith("do_", StringComparison.Ordinal) ? other["do_".Length..] : other };
        return recipe.Variables.History(added).LastOrDefault(a => a.Operator == "addtask" && Named(a.Text).Any(words.Contains))?.Place;

        IEnumerable<string> Named(string text) => text.Split(preposition) is [_, var rest] ? WordList.Of(rest).TakeWhile(w => w is not ("after" or "before")) : [];
    }

    /// <summary>Where RDEPENDS or RRECOMMENDS of one of the packages names another one.</summary>
    public static SourceSpan OfRuntimeDependency(Recipe recipe, IEnumerable<string> packages, string name) => OfWord(recipe, name,
        from variable in (string[])["RDEPENDS", "RRECOMMENDS"]
        from suffix in packages.Select(p => $":{p}").Prepend("")
        select variable + suffix);

    /// <summary>Where one of several variables names the word; otherwise the recipe's file.</summary>
    public static SourceSpan OfWord(Recipe recipe, string word, IEnumerable<string> variables)
    {
        foreach (var variable in variables)
            foreach (var assignment in recipe.Variables.History(variable).Reverse())
                if (assignment.Flag is null && assignment.Text.Contains(word, StringComparison.Ordinal)) return assignment.Place;
        return new(recipe.File);
    }

    /// <summary>Where a configuration variable was last set.</summary>
    public static SourceSpan Of(Datastore variables, string name) =>
        variables.History(name).Where(a => a.Flag is null).Select(a => a.Place).LastOrDefault();
}
