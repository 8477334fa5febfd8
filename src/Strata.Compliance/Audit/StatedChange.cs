namespace Strata.Compliance;

/// <param name="Subject">A package, or a recipe for <c>sources</c>.</param>
/// <param name="What"><c>version</c>, <c>licence</c>, <c>sources</c>, or the path of a file, whose SHA-256 the values are.</param>
/// <param name="Before">Empty for what is new.</param>
/// <param name="After">Empty for what is gone.</param>
public sealed record StatedChange(string Subject, string What, string Before, string After)
{
    public override string ToString() => $"~ {Subject} {What}: {Shown(Before)} → {Shown(After)}";

    private static string Shown(string value) => value.Length == 0 ? "(none)" : value.Length == 64 ? value[..12] : value;
}
