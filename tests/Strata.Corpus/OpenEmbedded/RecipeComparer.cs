using Strata.Corpus.Effects;
using Strata.Metadata;

namespace Strata.Corpus.OpenEmbedded;

/// <summary>Compares one recipe with what BitBake said about it.</summary>
internal sealed class RecipeComparer(Recipe recipe, RecordedRecipe recorded, EffectAnalysis analysis, Func<string, string> anonymous)
{
    private readonly Lazy<EffectMatcher> _makers = new(() => new(recipe, analysis.Of(recipe), IsSame(recipe, recorded, anonymous)));
    private readonly string _name = $"{recorded.File}{(recorded.Variant.Length == 0 ? "" : $" ({recorded.Variant})")}";

    public IEnumerable<Comparison> Compare()
    {
        foreach (var (name, value) in recorded.Variables)
            yield return Made(name.Split(':')[0], name, value ?? "(none)", Read(() => recipe.Variables.Get(name)) ?? "(none)", () => _makers.Value.MakerOf(name));
        foreach (var (name, value) in recorded.Flags)
        {
            var open = name.IndexOf('[', StringComparison.Ordinal);
            var (task, flag) = (name[..open], name[(open + 1)..^1]);
            yield return Made($"task[{flag}]", name, value ?? "", Read(() => recipe.Variables.GetFlag(task, flag)) ?? "", () => MakerOfFlag(task, flag));
        }
        foreach (var (task, predecessors) in recorded.Tasks)
            yield return Made("task order", $"{task} after", Sorted(predecessors), recipe.Tasks.FirstOrDefault(t => t.Name == task) is { } known ? Sorted(known.After) : "(no such task)",
                () => _makers.Value.MakerOfPredecessors(task, Different(predecessors, recipe.Tasks.FirstOrDefault(t => t.Name == task)?.After ?? [])));
        yield return Made("tasks", "task list", Sorted(recorded.Tasks.Select(t => t.Key)), Sorted(recipe.Tasks.Select(t => t.Name)), MakerOfTasks);
        yield return Made("inherits", "inherited classes", string.Join(' ', recorded.Inherits), anonymous(string.Join(' ', recipe.Variables.InheritedClasses)), () => null);
    }

    private Comparison Made(string group, string name, string expected, string actual, Func<PythonEffect?> maker)
    {
        actual = anonymous(actual);
        return new(_name, group, name, expected, actual, expected == actual ? null : maker()?.Maker);
    }

    /// <summary>A flag of a task that Python declared is Python's as well.</summary>
    private PythonEffect? MakerOfFlag(string task, string flag) =>
        _makers.Value.MakerOfFlag(task, flag) ?? (recipe.Tasks.Any(t => t.Name == task) ? null : _makers.Value.MakerOfPredecessors(task, []));

    private PythonEffect? MakerOfTasks() =>
        _makers.Value.MakerOfPredecessors("", Different(recorded.Tasks.Select(t => t.Key), recipe.Tasks.Select(t => t.Name)));

    private static HashSet<string> Different(IEnumerable<string> left, IEnumerable<string> right)
    {
        var different = left.ToHashSet(StringComparer.Ordinal);
        different.SymmetricExceptWith(right);
        return different;
    }

    private static Func<string, bool> IsSame(Recipe recipe, RecordedRecipe recorded, Func<string, string> anonymous)
    {
        var known = recorded.Variables.ToDictionary(StringComparer.Ordinal);
        return name => known.TryGetValue(name, out var value) && value == (Read(() => recipe.Variables.Get(name)) is { } actual ? anonymous(actual) : null);
    }

    /// <summary>The order of a task's predecessors has no meaning.</summary>
    private static string Sorted(IEnumerable<string> tasks) => string.Join(' ', tasks.Order(StringComparer.Ordinal));

    private static string? Read(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (ExpansionException e)
        {
            return Comparison.ErrorMark + e.Message;
        }
    }
}
