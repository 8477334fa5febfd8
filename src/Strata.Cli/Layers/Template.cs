using Strata.Core;

namespace Strata.Cli.Layers;

/// <summary>Directories that come with the program and are written out with the names of the user's things in them.</summary>
internal static class Template
{
    /// <param name="name"><c>layer</c> or <c>product</c>.</param>
    /// <param name="words">What stands for <c>@WORD@</c> in paths and texts.</param>
    /// <param name="except">A part of the template to leave out: the start of a path in it.</param>
    public static void Write(string name, string directory, IReadOnlyDictionary<string, string> words, string? except = null)
    {
        var start = $"Templates/{name}/";
        foreach (var resource in typeof(Template).Assembly.GetManifestResourceNames().Where(r => r.StartsWith(start, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            if (except is not null && resource[start.Length..].StartsWith(except, StringComparison.Ordinal)) continue;
            var path = Path.Combine(directory, Fill(resource[start.Length..], words));
            AtomicFile.WriteAllText(path, Fill(ProgramText.Read(resource), words));
            if (Path.GetFileName(Path.GetDirectoryName(path)) == "ci") File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        }
    }

    /// <summary>The SHA-256 of the licence text that a new layer gets.</summary>
    public static string LicenseDigest => Digest.Of(System.Text.Encoding.UTF8.GetBytes(ProgramText.Read("Templates/layer/LICENSE"))).Hex;

    private static string Fill(string text, IReadOnlyDictionary<string, string> words)
    {
        foreach (var (word, value) in words) text = text.Replace($"@{word}@", value, StringComparison.Ordinal);
        return text;
    }
}
