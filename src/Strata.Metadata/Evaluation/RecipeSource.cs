namespace Strata.Metadata.Evaluation;

/// <summary>Evaluates the variants of one recipe file when they are asked for; what they have in common once.</summary>
internal sealed class RecipeSource
{
    private readonly RecipeRecord _record;
    private readonly Lazy<Evaluator> _unfinished;

    public RecipeSource(RecipeReader reader, RecipeRecord record)
    {
        _record = record;
        _unfinished = new(() => OnLargeStack(() => reader.Evaluate(record.File, record.Appends, new(), reads: null)));
    }

    /// <exception cref="ExpansionException">The files were changed since, and now there is an error.</exception>
    public FinishedRecipe Finish(string variant) => OnLargeStack(() =>
    {
        var evaluator = variant.Length == 0 ? _unfinished.Value.Copy() : RecipeReader.Extend(_unfinished.Value, _record.Extensions, variant, _record.Name, _record.File);
        return RecipeReader.Finish(evaluator, new());
    });

    private static T OnLargeStack<T>(Func<T> evaluate)
    {
        try
        {
            return Workers.OnLargeStack(evaluate);
        }
        catch (MetadataException e)
        {
            throw new ExpansionException(e.Diagnostic);
        }
    }
}
