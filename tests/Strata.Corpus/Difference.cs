namespace Strata.Corpus;

/// <summary>One answer that is not BitBake's.</summary>
public sealed record Difference(string Question, string Expected, string Actual)
{
    public override string ToString() => $"{Question}\n    expected {Expected}\n    actual   {Actual}";
}
