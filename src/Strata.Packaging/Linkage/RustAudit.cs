using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;

namespace Strata.Packaging;

/// <summary>The crates that <c>cargo auditable</c> writes into a program: compressed JSON in the section <c>.dep-v0</c>.</summary>
public static class RustAudit
{
    private const string SectionName = ".dep-v0";
    private const int MaxSize = 4 << 20;

    /// <summary>Without the program's own crate and what only its build needed; null for a program without such a list.</summary>
    public static ImmutableArray<LinkedCode>? Read(string path, ElfFile elf)
    {
        if (ElfContent.Section(path, elf, SectionName, MaxSize) is not { } bytes) return null;
        try
        {
            using var compressed = new ZLibStream(new MemoryStream(bytes), CompressionMode.Decompress);
            var text = new byte[MaxSize];
            using var document = JsonDocument.Parse(text.AsMemory(0, compressed.ReadAtLeast(text, text.Length, throwOnEndOfStream: false)));
            return [.. document.RootElement.GetProperty("packages").EnumerateArray().Where(IsLinked).Select(Crate)];
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static bool IsLinked(JsonElement package) =>
        Text(package, "kind") != "build" && !(package.TryGetProperty("root", out var root) && root.ValueKind == JsonValueKind.True);

    private static LinkedCode Crate(JsonElement package) =>
        new() { Kind = LinkKind.Rust, Name = Text(package, "name") ?? "", Version = Text(package, "version") ?? "" };

    private static string? Text(JsonElement package, string name) => package.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
