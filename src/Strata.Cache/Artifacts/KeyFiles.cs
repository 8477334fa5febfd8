using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cache;

/// <summary>Which artifact a key leads to: one small file for each key, replaced as a whole, so that no crash can break a second one.</summary>
internal sealed class KeyFiles(string root)
{
    public string Root { get; } = root;

    /// <summary>Null when the key is unknown or its file is damaged.</summary>
    public (Digest Artifact, string Name)? Read(Digest key)
    {
        try
        {
            return Parse(File.ReadAllText(PathOf(key)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public void Write(Digest key, string name, Digest artifact) => AtomicFile.WriteAllText(PathOf(key), $"{artifact} {name}\n");

    public void Remove(Digest key) => File.Delete(PathOf(key));

    public ImmutableArray<Digest> All() => Shelves.Names(Root);

    public string PathOf(Digest key) => Path.Combine(Root, key.Hex[..2], key.Hex);

    /// <summary>The line end shows that the file was written to its end.</summary>
    private static (Digest, string)? Parse(string text) =>
        text.IndexOf(' ', StringComparison.Ordinal) is > 0 and var blank && text.EndsWith('\n') && Digest.TryParse(text[..blank], out var artifact)
            ? (artifact, text[(blank + 1)..^1])
            : null;
}
