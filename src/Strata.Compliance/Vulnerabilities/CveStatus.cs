namespace Strata.Compliance;

/// <summary>One CVE_STATUS of a recipe.</summary>
/// <param name="Detail">The word before the colon, such as <c>backported-patch</c>.</param>
/// <param name="Product">The product that the entry is limited to (<c>cpe:vendor:product</c>); <c>*</c> for all.</param>
public sealed record CveStatus(string Recipe, string Cve, string Detail, string Product, string Description)
{
    /// <summary>Yocto's words; one that it does not know is taken for a vulnerability that is there.</summary>
    public VexStatus Status => Detail switch
    {
        "patched" or "backported-patch" or "cpe-stable-backport" or "fixed-version" or "fix-file-included" or "version-not-in-range" => VexStatus.Fixed,
        "ignored" or "cpe-incorrect" or "disputed" or "not-applicable-config" or "not-applicable-platform" => VexStatus.NotAffected,
        "vulnerable-investigating" or "unknown" => VexStatus.UnderInvestigation,
        _ => VexStatus.Affected,
    };

    /// <summary>Words for readers, never empty.</summary>
    public string Explanation => Description.Length > 0 ? Description : Detail;

    /// <param name="text">The value of a flag: <c>detail: description</c> or <c>detail: cpe:vendor:product: description</c>.</param>
    public static CveStatus Parse(string recipe, string cve, string text) => text.Split(':', 5) switch
    {
        [var detail, var cpe, _, var product, .. var rest] when cpe.Trim() == "cpe" => new(recipe, cve, detail.Trim(), product.Trim(), rest is [var description] ? description.Trim() : ""),
        [var detail] => new(recipe, cve, detail.Trim(), "*", ""),
        [var detail, ..] => new(recipe, cve, detail.Trim(), "*", text[(detail.Length + 1)..].Trim()),
        _ => throw new InvalidOperationException("splitting always gives a part"),
    };
}
