using System.Collections.Immutable;

namespace Strata.Compliance;

/// <summary>LICENSE_FLAGS against LICENSE_FLAGS_ACCEPTED, as Yocto compares them.</summary>
public static class LicenseFlags
{
    /// <summary>The flags that nothing accepts. An entry accepts a flag when it is the flag, <c>flag_recipe</c>, or either of them up to one of its underscores.</summary>
    public static ImmutableArray<string> NotAccepted(IEnumerable<string> flags, IReadOnlyCollection<string> accepted, string recipe) =>
        [.. flags.Where(flag => !Prefixes($"{flag}_{recipe}").Any(accepted.Contains))];

    private static IEnumerable<string> Prefixes(string text)
    {
        for (var at = text.Length; at > 0; at = text.LastIndexOf('_', at - 1)) yield return text[..at];
    }
}
