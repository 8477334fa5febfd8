using System.Text;
using System.Text.Json;
using Strata.Cache;
using Strata.Core;

namespace Strata.Cli.Verbs;

/// <summary>The store for programs.</summary>
internal static class CacheText
{
    public static string ToJson(string directory, StoreStatistics statistics) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("directory", directory);
        json.WriteNumber("artifacts", statistics.Artifacts);
        json.WriteNumber("keys", statistics.Keys);
        json.WriteNumber("entries", statistics.Entries);
        json.WriteNumber("bytes", statistics.Bytes);
        json.WriteEndObject();
    });

    public static string ToJson(IEnumerable<StoredArtifact> artifacts) => Write(json =>
    {
        json.WriteStartArray();
        foreach (var artifact in artifacts) Write(json, artifact);
        json.WriteEndArray();
    });

    public static string ToJson(CollectionOutcome outcome) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("removed");
        foreach (var artifact in outcome.Removed) json.WriteStringValue(artifact.ToString());
        json.WriteEndArray();
        json.WriteNumber("bytesFreed", outcome.BytesFreed);
        json.WriteNumber("bytesLeft", outcome.BytesLeft);
        json.WriteEndObject();
    });

    /// <param name="artifacts">Sound ones.</param>
    /// <param name="downloads">Sound ones.</param>
    public static string ToJson(long artifacts, long downloads, IEnumerable<Diagnostic> damaged) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("artifacts", artifacts);
        json.WriteNumber("downloads", downloads);
        json.WriteStartArray("damaged");
        foreach (var diagnostic in damaged) json.WriteStringValue(diagnostic.Message);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, StoredArtifact artifact)
    {
        json.WriteStartObject();
        json.WriteString("digest", artifact.Digest.ToString());
        json.WriteStartArray("names");
        foreach (var name in artifact.Names) json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteNumber("entries", artifact.Entries);
        json.WriteNumber("bytes", artifact.Bytes);
        json.WriteString("lastUsed", artifact.LastUsed);
        json.WriteEndObject();
    }

    private static string Write(Action<Utf8JsonWriter> content)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true })) content(json);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
