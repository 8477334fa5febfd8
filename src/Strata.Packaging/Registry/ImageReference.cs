using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>An image in a registry, by the grammar of the distribution specification: <c>HOST[:PORT]/REPOSITORY[:TAG][@DIGEST]</c>.</summary>
/// <param name="Host">With the port, unless it is the usual one.</param>
/// <param name="Digest">Pins what the tag means today.</param>
public sealed partial record ImageReference(string Host, string Repository, string? Tag, Digest? Digest)
{
    /// <summary>The digest where there is one, else the tag, else <c>latest</c>.</summary>
    public string Name => Digest?.ToString() ?? Tag ?? "latest";

    /// <summary>Plain text on loopback as Docker has it, encrypted everywhere else.</summary>
    public Uri Address => new($"{(new Uri($"https://{Host}/").IsLoopback ? "http" : "https")}://{Host}/v2/{Repository}/");

    /// <summary>A first part without dot, colon or the word localhost is a directory, not a host.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ImageReference? reference)
    {
        reference = null;
        if (Form().Match(text) is not { Success: true } match) return false;
        var digest = default(Digest);
        if (match.Groups["digest"] is { Success: true } pin && !Core.Digest.TryParse(pin.Value, out digest)) return false;
        reference = new(match.Groups["host"].Value, match.Groups["repository"].Value, ValueOf(match.Groups["tag"]), digest.IsEmpty ? null : digest);
        return true;
    }

    public override string ToString() => $"{Host}/{Repository}{(Tag is null ? "" : $":{Tag}")}{(Digest is null ? "" : $"@{Digest}")}";

    private static string? ValueOf(Group group) => group.Success ? group.Value : null;

    [GeneratedRegex("""
        ^(?<host>localhost|(localhost|[a-zA-Z0-9-]+)(?=[.:])(\.[a-zA-Z0-9-]+)*(:\d{1,5})?|\[[0-9a-fA-F:]+\](:\d{1,5})?)
        /(?<repository>[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*)
        (:(?<tag>[A-Za-z0-9_][A-Za-z0-9._-]{0,127}))?(@(?<digest>sha256:[0-9a-f]{64}))?\z
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
