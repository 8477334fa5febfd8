using Strata.Core;

namespace Strata.Fetch;

/// <summary>What a checkout was made of, kept inside its <c>.git</c>.</summary>
/// <param name="Asked">The branch, tag or commit that was asked for.</param>
/// <param name="Base">The upstream commit.</param>
/// <param name="Head">The commit that is checked out: <paramref name="Base"/>, or the one with the patches on top.</param>
/// <param name="Patches">Digest of the patches; empty without any.</param>
public sealed record CheckoutRecord(string Asked, string Base, string Head, string Patches)
{
    private const string Schema = "strata/checkout/1";

    /// <summary>Null when the directory is no checkout, or none that Strata has finished.</summary>
    public static CheckoutRecord? Read(string checkout)
    {
        var file = PathOf(checkout);
        if (!File.Exists(file)) return null;
        return File.ReadAllText(file).Split('\n') is [Schema, var asked, var @base, var head, var patches, ..] ? new(asked, @base, head, patches) : null;
    }

    internal void Write(string checkout) => AtomicFile.WriteAllText(PathOf(checkout), $"{Schema}\n{Asked}\n{Base}\n{Head}\n{Patches}\n");

    private static string PathOf(string checkout) => Path.Combine(checkout, ".git", "strata-checkout");
}
