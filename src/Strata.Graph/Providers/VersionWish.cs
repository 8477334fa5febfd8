using Strata.Core;
using Strata.Metadata;

namespace Strata.Graph.Providers;

/// <summary>What REQUIRED_VERSION or PREFERRED_VERSION says about a recipe: <c>[epoch:]version</c>, a trailing <c>%</c> matches any rest.</summary>
internal sealed record VersionWish(string Recipe, string Text, bool IsRequired, bool IsBoth, SourceSpan Place)
{
    /// <summary>Null if nothing is wished. REQUIRED_VERSION wins over PREFERRED_VERSION.</summary>
    public static VersionWish? Of(Datastore configuration, string recipe)
    {
        var required = Find(configuration, "REQUIRED", recipe);
        var preferred = Find(configuration, "PREFERRED", recipe);
        return (required ?? preferred) is { } wish
            ? new(recipe, wish.Text, required is not null, required is not null && preferred is not null, Places.Of(configuration, wish.Variable))
            : null;
    }

    /// <summary>The epoch must be the same text: "0:" does not accept a recipe without PE.</summary>
    public bool Accepts(RecipeFacts recipe)
    {
        var colon = Text.LastIndexOf(':');
        var hasEpoch = colon > 0 && Text.AsSpan(0, colon).IndexOfAnyExceptInRange('0', ':') < 0;
        if (hasEpoch && recipe.Version.Epoch != Text[..colon].Split(':')[^1]) return false;
        var version = hasEpoch ? Text[(colon + 1)..] : Text;
        return version == recipe.Version.Version
            || (version.EndsWith('%') && recipe.Version.Version.StartsWith(version[..^1], StringComparison.Ordinal));
    }

    private static (string Variable, string Text)? Find(Datastore configuration, string kind, string recipe)
    {
        foreach (var variable in (ReadOnlySpan<string>)[$"{kind}_VERSION:pn-{recipe}", $"{kind}_VERSION_{recipe}", $"{kind}_VERSION"])
            if (configuration.Get(variable) is { Length: > 0 } text) return (variable, text);
        return null;
    }
}
