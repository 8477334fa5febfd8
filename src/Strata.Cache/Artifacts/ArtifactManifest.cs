using System.Text.Json;
using Strata.Core;

namespace Strata.Cache;

/// <summary>How much belongs to an artifact, written beside it before it is put in place: enough to see cheaply that something is missing.</summary>
/// <param name="Written">When; null once somebody has read all of it from the disk.</param>
internal sealed record ArtifactManifest(int Entries, long Bytes, BootMoment? Written = null)
{
    public const string Extension = ".json";

    public static ArtifactManifest Of(Tree tree) => new(tree.Entries.Length, tree.Bytes);

    public bool Fits(Tree tree) => (Entries, Bytes) == (tree.Entries.Length, tree.Bytes);

    /// <summary>Null when there is none or it is cut off.</summary>
    public static ArtifactManifest? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), ManifestJson.Default.ArtifactManifest);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ManifestJson.Default.ArtifactManifest);
}
