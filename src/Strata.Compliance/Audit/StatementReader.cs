using System.Text.Json;
using Strata.Core;

namespace Strata.Compliance;

/// <summary>Reads an SBOM in SPDX 2.3, SPDX 3.0.1 or CycloneDX 1.6, from Strata or from elsewhere; relies on nothing in it.</summary>
public static class StatementReader
{
    private const long MaxSize = 512L << 20;

    /// <summary>Null when it cannot be read, which the diagnostics then say; they name references that lead nowhere, too.</summary>
    public static StatedImage? Read(string path, Diagnostics diagnostics) => Guarded(path, diagnostics, () =>
        new FileInfo(path).Length is > MaxSize and var size ? throw new JsonException($"it has {size} bytes") : File.ReadAllBytes(path));

    /// <param name="name">For messages.</param>
    public static StatedImage? Read(string name, byte[] content, Diagnostics diagnostics) => Guarded(name, diagnostics, () => content);

    private static StatedImage? Guarded(string name, Diagnostics diagnostics, Func<byte[]> content)
    {
        try
        {
            using var document = JsonDocument.Parse(content());
            return Read(name, document.RootElement, diagnostics);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(ComplianceRules.BadStatement(name, e.Message));
            return null;
        }
    }

    private static StatedImage Read(string name, JsonElement root, Diagnostics diagnostics) => root switch
    {
        { ValueKind: not JsonValueKind.Object } => throw new JsonException("it is no SBOM"),
        _ when root.Text("spdxVersion") is "SPDX-2.3" or "SPDX-2.2" => new Spdx2Reader(name, root, diagnostics).Read(),
        _ when root.Text("bomFormat") == "CycloneDX" => new CycloneDxReader(name, root, diagnostics).Read(),
        _ when root.TryGetProperty("@graph", out _) && root.TryGetProperty("@context", out _) => new Spdx3Reader(name, root, diagnostics).Read(),
        _ => throw new JsonException("it is neither SPDX nor CycloneDX"),
    };
}
