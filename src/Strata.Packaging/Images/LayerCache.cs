using Strata.Core;

namespace Strata.Packaging;

/// <summary>
/// The compressed image layers of the last run, so that an edit costs the compression of one. Only speed depends on it: its files are
/// named by what went in, how it was compressed and what came out, and are checked before use.
/// </summary>
internal sealed class LayerCache(string directory, string format)
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>The compressed form of these bytes; null when it is not here.</summary>
    public (string File, Digest Digest)? Find(Digest diffId)
    {
        if (!Directory.Exists(directory)) return null;
        foreach (var file in Directory.EnumerateFiles(directory, $"{format}-{diffId.Hex}-*"))
            if (Digest.TryParse($"sha256:{file[(file.LastIndexOf('-') + 1)..]}", out var digest) && Digest.OfFile(file) == digest)
            {
                Keep(file);
                return (file, digest);
            }
        return null;
    }

    public void Add(Digest diffId, Digest digest, string blob)
    {
        Directory.CreateDirectory(directory);
        var file = Path.Combine(directory, $"{format}-{diffId.Hex}-{digest.Hex}");
        File.Copy(blob, file, overwrite: true);
        Keep(file);
    }

    /// <summary>There is nothing to find.</summary>
    public bool IsEmpty => !Directory.Exists(directory) || !Directory.EnumerateFiles(directory).Any();

    /// <summary>Removes what this run did not use.</summary>
    public void Trim()
    {
        if (!Directory.Exists(directory)) return;
        foreach (var file in Directory.EnumerateFiles(directory).Where(f => !_used.Contains(f)).ToArray()) File.Delete(file);
    }

    private void Keep(string file)
    {
        lock (_used) _used.Add(file);
    }
}
