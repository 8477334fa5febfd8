namespace Strata.Corpus.OpenEmbedded;

/// <summary>One value, as recorded and as Strata gives it.</summary>
/// <param name="Group">The variable without its package, or "task flags" and the like: the row of the table.</param>
/// <param name="Maker">The Python that has a part in the value; null if none is known. Only asked for where the values differ.</param>
internal sealed record Comparison(string Recipe, string Group, string Name, string Expected, string Actual, string? Maker)
{
    public bool IsSame => Expected == Actual;

    public bool IsMadeByPython => !IsSame && Maker is not null;

    /// <summary>A message of Strata's instead of a value.</summary>
    public const string ErrorMark = "error: ";

    public bool IsUnexplained => !IsSame && Maker is null;
}
