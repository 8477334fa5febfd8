using System.Text;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>The large files of a mirror. A commit holds only pointers to them, which name their digest: the commit pins them too.</summary>
internal sealed class LfsObjects(string mirror, PinnedGit source)
{
    /// <summary>A pointer is shorter than this; so says the specification of Git LFS.</summary>
    private const int LongestPointer = 1024;

    private const string FirstLine = "version https://git-lfs.github.com/spec/v1\n";

    private const string DigestKey = "\noid sha256:";

    /// <summary>The content itself, or the large file that it points to.</summary>
    /// <param name="size">Of the content, in bytes.</param>
    /// <exception cref="SourceException">The large file is not in the mirror, or has been damaged there.</exception>
    public Stream Resolve(Stream content, long size)
    {
        if (size is 0 or >= LongestPointer) return content;
        var bytes = new byte[size];
        content.ReadExactly(bytes);
        if (DigestOf(Encoding.UTF8.GetString(bytes)) is not { } digest) return new MemoryStream(bytes);

        var path = Path.Combine(mirror, "lfs", "objects", digest.Hex[..2], digest.Hex[2..4], digest.Hex);
        if (!File.Exists(path) || Digest.OfFile(path) != digest) throw new SourceException(FetchRules.NotFetched(source));
        return File.OpenRead(path);
    }

    private static Digest? DigestOf(string text)
    {
        if (!text.StartsWith(FirstLine, StringComparison.Ordinal)) return null;
        var at = text.IndexOf(DigestKey, StringComparison.Ordinal);
        if (at < 0 || !text.Contains("\nsize ", StringComparison.Ordinal)) return null;
        var hex = text[(at + DigestKey.Length)..].Split('\n')[0];
        return Digest.TryParse(hex, out var digest) ? digest : null;
    }
}
