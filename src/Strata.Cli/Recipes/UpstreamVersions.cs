using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Strata.Fetch;

namespace Strata.Cli.Recipes;

/// <summary>Which versions upstream offers: tags of a repository, or files of a listing.</summary>
internal static partial class UpstreamVersions
{
    /// <summary>Forges list no files, but every archive of theirs is a tag of a repository.</summary>
    private static readonly string[] s_forges = ["github.com", "gitlab.com", "codeberg.org"];

    /// <param name="pattern">UPSTREAM_CHECK_GITTAGREGEX with a group <c>pver</c>; null for what looks like a version.</param>
    public static ImmutableArray<UpstreamVersion> OfTags(ImmutableSortedDictionary<string, string> references, string? pattern)
    {
        const string Tags = "refs/tags/";
        var expression = pattern is null ? null : Python(pattern);
        return
        [
            .. from reference in references
               where reference.Key.StartsWith(Tags, StringComparison.Ordinal) && !reference.Key.EndsWith("^{}", StringComparison.Ordinal)
               let name = reference.Key[Tags.Length..]
               let version = expression is null ? UpstreamName.OfTag(name) is { } found ? (found.Version, found.Written) : ("", "") : Match(expression, name)
               where version.Item1.Length > 0 && (expression is not null || !Unfinished().IsMatch(version.Item1))
               select new UpstreamVersion(version.Item1, version.Item2, references.GetValueOrDefault(reference.Key + "^{}", reference.Value)),
        ];
    }

    /// <summary>What the recipe's first source offers, whose address has this version in it.</summary>
    /// <param name="read">The final value of a variable of the recipe.</param>
    /// <exception cref="SourceException">Upstream cannot be asked.</exception>
    /// <exception cref="ArgumentException">The recipe's expression is none.</exception>
    public static async Task<ImmutableArray<UpstreamVersion>> FindAsync(SourceUri source, Func<string, string?> read, Fetcher fetcher, CancellationToken cancel)
    {
        var listing = read("UPSTREAM_CHECK_URI");
        if (source.IsGit) return OfTags(await fetcher.Git.ReferencesAsync(source, cancel), read("UPSTREAM_CHECK_GITTAGREGEX"));
        if (string.IsNullOrEmpty(listing) && s_forges.Contains(source.Host) && source.Path.Split('/', StringSplitOptions.RemoveEmptyEntries) is [var owner, var name, ..])
        {
            var repository = NewSource.RepositoryOf($"https://{source.Host}/{owner}/{name}.git");
            return OfTags(await fetcher.Git.ReferencesAsync(repository, cancel), read("UPSTREAM_CHECK_GITTAGREGEX"));
        }
        var address = string.IsNullOrEmpty(listing) ? source.Address[..(source.Address.LastIndexOf('/') + 1)] : listing;
        var expression = Python(read("UPSTREAM_CHECK_REGEX") is { Length: > 0 } own ? own : FilePattern(source.FileName));
        var page = await fetcher.ReadPageAsync(SourceUri.Parse(address + (address.EndsWith('/') ? ";downloadfilename=index" : "")), default, cancel);
        return
        [
            .. expression.Matches(page).Select(m => m.Groups["pver"].Value).Where(v => v.Length > 0 && !Unfinished().IsMatch(v)).Distinct(StringComparer.Ordinal)
                .Select(v => new UpstreamVersion(v.Replace('_', '.'), v, "")),
        ];
    }

    /// <summary><c>zlib-1.2.13.tar.gz</c> → the same with any version and any compression.</summary>
    private static string FilePattern(string file)
    {
        var stem = UpstreamName.WithoutExtension(file);
        var written = UpstreamName.OfTag(stem)?.Written ?? "";
        var at = written.Length == 0 ? -1 : stem.IndexOf(written, StringComparison.Ordinal);
        return at < 0 ? "(?!)" : $@"{Regex.Escape(stem[..at])}(?P<pver>[0-9][\w.+~-]*?){Regex.Escape(stem[(at + written.Length)..])}\.(?:tar|t[gx]z|zip)";
    }

    private static (string, string) Match(Regex expression, string name) =>
        expression.Match(name) is { Success: true } match && match.Groups["pver"] is { Success: true } version ? (version.Value.Replace('_', '.'), version.Value) : ("", "");

    /// <summary>Python and .NET differ in how a group is named.</summary>
    private static Regex Python(string pattern) => new(pattern.Replace("(?P<", "(?<", StringComparison.Ordinal), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));

    [GeneratedRegex("rc|alpha|beta|dev|pre|test|b[0-9]|[._-](?:9[0-9]|git)$", RegexOptions.IgnoreCase)]
    private static partial Regex Unfinished();
}
