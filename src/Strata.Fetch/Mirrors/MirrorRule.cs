using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Strata.Fetch;

/// <summary>One pair of PREMIRRORS or MIRRORS with BitBake's meaning: each part of the URI is matched and replaced by itself.</summary>
public sealed class MirrorRule
{
    private readonly SourceUri _replacement;
    private readonly PythonPattern _scheme;
    private readonly PythonPattern _host;
    private readonly PythonPattern _path;
    private readonly SourceUri _find;

    private MirrorRule(SourceUri find, SourceUri replacement)
    {
        (_find, _replacement) = (find, replacement);

        // Unanchored, "http" would also match "https" and turn it into something else; BitBake anchors the scheme only.
        _scheme = new(find.Scheme.EndsWith('$') ? find.Scheme : find.Scheme + "$");
        _host = new(find.Host);
        _path = new(find.Path);
    }

    public static bool TryCreate(string find, string replacement, [NotNullWhen(true)] out MirrorRule? rule, [NotNullWhen(false)] out string? problem)
    {
        rule = null;
        if (!SourceUri.TryParse(find, out var from, out problem)) return false;

        // A plain directory is what people mean and type; BitBake wants file:// before it.
        if (replacement.StartsWith('/')) replacement = "file://" + replacement;
        if (!SourceUri.TryParse(replacement, out var to, out problem)) return false;
        try
        {
            rule = new(from, to);
            return true;
        }
        catch (RegexParseException e)
        {
            problem = $"'{find}' is no regular expression: {e.Message}";
            return false;
        }
    }

    /// <summary>The place this rule gives for the URI, or null when it does not match.</summary>
    public SourceUri? Apply(SourceUri uri)
    {
        if (!_scheme.Matches(uri.Scheme) || !_host.Matches(uri.Host) || !_path.Matches(uri.Path)) return null;
        if (_find.Parameters.Any(p => uri.Parameter(p.Key) != p.Value)) return null;

        var place = new SourceUri
        {
            Scheme = Replace(_scheme, uri.Scheme, _replacement.Scheme, uri),
            Host = Replace(_host, uri.Host, _replacement.Host, uri),
            Path = Replace(_path, uri.Path, _replacement.Path, uri),
            User = _replacement.User,       // never hand the credentials of one server to another
            Password = _replacement.Password,
            Parameters = uri.Parameters.SetItems(_replacement.Parameters.Select(p => KeyValuePair.Create(p.Key, Fill(p.Value, uri)))),
        };
        if (!uri.IsGit) return place with { Path = WithoutDoubledSlashes(WithFileName(place.Path, uri.Path, uri.FileName)) };
        if (place.IsGit) return place with { Path = WithoutDoubledSlashes(place.Path) };
        // A place for files has a repository as one archive.
        return place with { Path = WithoutDoubledSlashes(WithFileName(place.Path, uri.Path, MirrorArchive.NameOf(uri))), Parameters = SourceUri.NoParameters };
    }

    private static string WithoutDoubledSlashes(string path)
    {
        while (path.Contains("//", StringComparison.Ordinal)) path = path.Replace("//", "/", StringComparison.Ordinal);
        return path;
    }

    private static string Replace(PythonPattern pattern, string text, string replacement, SourceUri uri) =>
        replacement.Length == 0 ? "" : pattern.ReplaceFirst(text, Fill(replacement, uri));

    private static string Fill(string text, SourceUri uri) => text
        .Replace("TYPE", uri.Scheme, StringComparison.Ordinal)
        .Replace("HOST", uri.Host, StringComparison.Ordinal)
        .Replace("PATH", uri.Path, StringComparison.Ordinal)
        .Replace("BASENAME", uri.Path[(uri.Path.LastIndexOf('/') + 1)..], StringComparison.Ordinal)
        .Replace("MIRRORNAME", MirrorName(uri), StringComparison.Ordinal);

    /// <summary>As BitBake; for a repository it is what the repository is called in the download directory, even if it has no host.</summary>
    private static string MirrorName(SourceUri uri) =>
        uri.IsGit ? GitMirrors.NameOf(uri) : uri.Host.Replace(':', '.') + uri.Path.Replace('/', '.').Replace('*', '.');

    /// <summary>A mirror is a flat directory: the file is called there what it is called in the download directory.</summary>
    private static string WithFileName(string path, string sourcePath, string name)
    {
        var upstream = sourcePath[(sourcePath.LastIndexOf('/') + 1)..];
        if (upstream.Length > 0 && name != upstream && ("/" + path).EndsWith("/" + upstream, StringComparison.Ordinal)) return path[..^upstream.Length] + name;
        if (("/" + path).EndsWith("/" + name, StringComparison.Ordinal)) return path;
        return path.EndsWith('/') || path.Length == 0 ? path + name : $"{path}/{name}";
    }
}
