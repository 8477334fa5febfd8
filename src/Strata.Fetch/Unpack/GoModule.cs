using System.IO.Compression;
using System.Text;

namespace Strata.Fetch;

/// <summary>A file of a Go module proxy, put where the go command looks for it without a network: in its module cache.</summary>
/// <remarks>The layout is that of https://go.dev/ref/mod#module-cache, as BitBake's fetcher fills it.</remarks>
/// <param name="Path">Of the module, such as <c>golang.org/x/net</c>.</param>
/// <param name="ModOnly">Whether it is the <c>go.mod</c> alone.</param>
internal sealed record GoModule(string Path, string Version, bool ModOnly)
{
    /// <summary>Names the module in a download that stands for a <c>gomod://</c> entry.</summary>
    public const string Parameter = "module";

    private const string Cache = "pkg/mod/cache/download";

    /// <summary>Null when the download is no module, or shall not be unpacked.</summary>
    public static GoModule? Of(SourceUri uri) =>
        uri.Parameter(Parameter) is { } path && uri.Parameter("version") is { } version && uri.Flag("unpack", otherwise: true)
            ? new(path, version, uri.Flag("mod", otherwise: false))
            : null;

    /// <summary>What the proxy calls the file, and the cache as well.</summary>
    public string ProxyPath => $"{Base}{(ModOnly ? ".mod" : ".zip")}";

    private string Base => $"{Escaped(Path)}/@v/{Escaped(Version)}";

    /// <summary>Writes the file and, for a whole module, the <c>go.mod</c> that is in it.</summary>
    public void Write(Stream content, TreeWriter tree, DateTimeOffset epoch)
    {
        tree.File($"{Cache}/{ProxyPath}", executable: false, epoch, content);
        if (ModOnly) return;

        content.Position = 0;
        try
        {
            using var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            // A module from before modules has none; the go command then makes up the same line.
            using var mod = zip.GetEntry($"{Path}@{Version}/go.mod")?.Open() ?? new MemoryStream(Encoding.UTF8.GetBytes($"module {Path}\n"));
            tree.File($"{Cache}/{Base}.mod", executable: false, epoch, mod);
        }
        catch (InvalidDataException e)
        {
            throw new SourceException(FetchRules.CannotUnpack($"{Path}@{Version}", $"is broken: {e.Message}"));
        }
    }

    /// <summary>The proxy protocol writes capitals as an exclamation mark and the small letter, for file systems that fold case.</summary>
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in text) _ = char.IsAsciiLetterUpper(c) ? escaped.Append('!').Append(char.ToLowerInvariant(c)) : escaped.Append(c);
        return escaped.ToString();
    }
}
