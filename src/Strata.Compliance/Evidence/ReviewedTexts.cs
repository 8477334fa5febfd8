using Strata.Core;

namespace Strata.Compliance;

/// <summary>Licence texts as they were when they matched the digest of a recipe, by that digest, to compare later ones with.</summary>
/// <param name="directory">May be missing; empty keeps and finds nothing.</param>
internal sealed class ReviewedTexts(string directory)
{
    /// <param name="algorithm"><c>sha256</c> or <c>md5</c>.</param>
    public void Keep(string algorithm, string digest, byte[] text)
    {
        var path = PathOf(algorithm, digest);
        if (directory.Length == 0 || File.Exists(path)) return;
        try
        {
            Directory.CreateDirectory(directory);
            AtomicFile.Write(path, stream => stream.Write(text));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It only helps a later message; a directory that is read-only must not fail a build.
        }
    }

    /// <summary>Null when nobody has kept it.</summary>
    public byte[]? Find(string algorithm, string digest)
    {
        try
        {
            return directory.Length > 0 && File.Exists(PathOf(algorithm, digest)) ? File.ReadAllBytes(PathOf(algorithm, digest)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string PathOf(string algorithm, string digest) => Path.Combine(directory, $"{algorithm}-{digest}");
}
