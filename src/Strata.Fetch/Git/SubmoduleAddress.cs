using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Strata.Fetch;

/// <summary>Reads the addresses of <c>.gitmodules</c>: URLs, <c>user@host:path</c>, and paths relative to the outer repository.</summary>
internal static class SubmoduleAddress
{
    private static readonly string[] s_transports = ["https", "http", "ssh", "git", "file"];

    /// <summary>False with the reason when git itself would refuse the address or take it for something else than a place.</summary>
    /// <param name="outer">The repository that holds the <c>.gitmodules</c>, at its own upstream.</param>
    public static bool TryResolve(SourceUri outer, string address, [NotNullWhen(true)] out SourceUri? uri, [NotNullWhen(false)] out string? problem)
    {
        (uri, problem) = (null, null);
        if (address.StartsWith("./", StringComparison.Ordinal) || address.StartsWith("../", StringComparison.Ordinal))
        {
            uri = outer with { Path = Normalized($"{outer.Path.TrimEnd('/')}/{address}"), Parameters = Parameters(Transport(outer)) };
            return true;
        }
        if (!SourceUri.TryParse(WithScheme(address), out var named, out _) || !s_transports.Contains(named.Scheme))
        {
            problem = $"has the address '{address}', which names no repository on a server";
            return false;
        }
        if (named.Scheme is "file" && Transport(outer) is not "file")
        {
            // What comes from a server must not pick directories of this machine; git refuses it as well.
            problem = $"has the address '{address}' on this machine, although the repository around it comes from a server";
            return false;
        }
        uri = named with { Scheme = "gitsm", Path = Normalized(named.Path), Parameters = Parameters(named.Scheme) };
        return true;
    }

    private static string Transport(SourceUri uri) => uri.Address[..uri.Address.IndexOf(':', StringComparison.Ordinal)];

    private static ImmutableSortedDictionary<string, string> Parameters(string transport) =>
        SourceUri.NoParameters.Add("protocol", transport).Add("nobranch", "1");

    private static string WithScheme(string address)
    {
        if (address.Contains("://", StringComparison.Ordinal)) return address;
        if (address.StartsWith('/')) return $"file://{address}";
        var colon = address.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && !address.Contains("::", StringComparison.Ordinal) && !address.StartsWith('-')
            ? $"ssh://{address[..colon]}/{address[(colon + 1)..].TrimStart('/')}"
            : address;
    }

    /// <summary>A path that climbs above the root of its server stays there.</summary>
    private static string Normalized(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part is "..") parts.RemoveRange(Math.Max(0, parts.Count - 1), Math.Min(1, parts.Count));
            else if (part is not ("" or ".")) parts.Add(part);
        }
        return "/" + string.Join('/', parts);
    }
}
