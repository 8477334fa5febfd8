using System.IO.Compression;
using System.Text.Json;
using Strata.Core;

namespace Strata.Compliance;

/// <summary>
/// Reads what vulnerability databases publish, as JSON on disk: OSV (https://ossf.github.io/osv-schema/), CVE records 5.x, feeds of NVD's API 2.0 and of
/// mirrors that keep its layout. Relies on nothing in it.
/// </summary>
public static class AdvisoryReader
{
    private const int MaxSize = 512 << 20;

    /// <summary>Endings of the names of files that it reads.</summary>
    public static bool IsDatabaseFile(string path) => path.EndsWith(".json", StringComparison.Ordinal) || path.EndsWith(".json.gz", StringComparison.Ordinal);

    /// <summary>What the file says; null after reporting why it cannot be read. A JSON file of another kind says nothing.</summary>
    public static IReadOnlyList<Advisory>? Read(string path, Diagnostics diagnostics)
    {
        try
        {
            using var document = JsonDocument.Parse(Content(path));
            return [.. Read(document.RootElement)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(ComplianceRules.BadAdvisory(path, e.Message));
            return null;
        }
    }

    private static IEnumerable<Advisory> Read(JsonElement root)
    {
        var found = root switch
        {
            { ValueKind: JsonValueKind.Array } => root.EnumerateArray().SelectMany(Read),
            { ValueKind: not JsonValueKind.Object } => throw new InvalidDataException("it is neither an object nor an array"),
            _ when root.Member("vulnerabilities") is not null => root.Elements("vulnerabilities").Select(v => v.Member("cve") is { } cve ? NvdReader.Read(cve) : null),
            _ when root.Member("cve_items") is not null => root.Elements("cve_items").Select(NvdReader.Read),
            _ when root.Member("cveMetadata") is not null => [CveRecordReader.Read(root)],
            _ when root.Member("configurations") is not null => [NvdReader.Read(root)],
            _ when root.Member("affected") is not null && root.Member("id") is not null => [OsvReader.Read(root)],
            _ => [],
        };
        return found.OfType<Advisory>();
    }

    private static byte[] Content(string path)
    {
        using var file = File.OpenRead(path);
        if (file.Length > MaxSize) throw TooLarge();
        if (!path.EndsWith(".gz", StringComparison.Ordinal))
        {
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        using var content = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (unzipped.Read(buffer) is > 0 and var length)
        {
            if (content.Length > MaxSize) throw TooLarge();
            content.Write(buffer, 0, length);
        }
        return content.ToArray();
    }

    private static InvalidDataException TooLarge() => new($"it has more than {MaxSize >> 20} MB");
}
