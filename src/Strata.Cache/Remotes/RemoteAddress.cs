using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Strata.Cache;

/// <summary>
/// A place where artifacts are shared, as the user writes it: an address and what it is trusted with, such as
/// <c>https://cache.example/strata</c>, <c>oci://registry.example/team/cache;rw</c> or <c>file:///srv/strata;unsigned</c>.
/// </summary>
/// <param name="CanWrite">What this build makes is sent there.</param>
/// <param name="IsUnsigned">Its records are believed without a signature even when keys are configured.</param>
public sealed record RemoteAddress(Uri Uri, bool CanWrite, bool IsUnsigned)
{
    private static readonly string[] s_schemes = ["https", "http", "oci", "oci+http", "file"];

    /// <summary>Several addresses, separated by blanks; they are asked in this order.</summary>
    public static bool TryParseAll(string text, out ImmutableArray<RemoteAddress> addresses, [NotNullWhen(false)] out string? problem)
    {
        var all = ImmutableArray.CreateBuilder<RemoteAddress>();
        problem = null;
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryParse(word, out var address, out problem)) break;
            all.Add(address);
        }
        addresses = all.ToImmutable();
        return problem is null;
    }

    public override string ToString() => Uri.ToString().TrimEnd('/');

    private static bool TryParse(string word, [NotNullWhen(true)] out RemoteAddress? address, [NotNullWhen(false)] out string? problem)
    {
        address = null;
        var parts = word.Split(';');
        // The word itself must not be shown where it may hold a password.
        if (!Uri.TryCreate(parts[0], UriKind.Absolute, out var uri)) problem = $"'{parts[0]}' is no address";
        else if (uri.UserInfo.Length > 0) problem = $"the address of {uri.Host} has a user name in it; passwords belong into ~/.netrc or STRATA_REMOTE_AUTH";
        else if (!s_schemes.Contains(uri.Scheme)) problem = $"'{uri.Scheme}://' is unknown; there are {string.Join(' ', s_schemes.Select(s => s + "://"))}";
        else if (parts[1..].FirstOrDefault(o => o is not ("rw" or "ro" or "unsigned")) is { } option) problem = $"'{option}' is unknown after {uri}; there are rw, ro and unsigned";
        else
        {
            address = new(uri, parts.Contains("rw"), parts.Contains("unsigned"));
            problem = null;
        }
        return problem is null;
    }
}
