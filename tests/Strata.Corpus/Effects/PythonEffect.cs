namespace Strata.Corpus.Effects;

/// <summary>
/// One place where Python that Strata does not run writes. <paramref name="Variable"/> is a pattern: <c>*</c> is any text, <c>${X}</c> a
/// variable's value and <c>$[X]</c> any of its words. <paramref name="Flag"/> is null for the value itself; <see cref="After"/> stands for
/// a task's predecessors.
/// </summary>
/// <param name="File">The file whose function it is.</param>
/// <param name="Function">"anonymous function" or the name of the event handler.</param>
public sealed record PythonEffect(string File, string Function, string Variable, string? Flag)
{
    public const string After = "(after)";

    /// <summary>The place in words, without the directory.</summary>
    public string Maker => $"{Path.GetFileName(File)}: {Function}";
}
