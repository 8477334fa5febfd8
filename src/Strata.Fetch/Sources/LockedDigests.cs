using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>Digests of files whose recipes give none, as a lock file holds them in SRC_URI_LOCK: words <c>sha256:…@address</c>.</summary>
public static class LockedDigests
{
    public const string Variable = "SRC_URI_LOCK";

    public static string Word(Digest digest, string address) => $"{digest}@{address}";

    /// <summary>Digests by address; words of another form are none.</summary>
    public static ImmutableSortedDictionary<string, Digest> Parse(string? text)
    {
        var digests = ImmutableSortedDictionary.CreateBuilder<string, Digest>(StringComparer.Ordinal);
        foreach (var word in (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            if (word.Split('@', 2) is [var pin, var address] && Digest.TryParse(pin, out var digest)) digests[address] = digest;
        return digests.ToImmutable();
    }
}
