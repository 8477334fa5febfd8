using System.Collections.Immutable;
using System.Text;

namespace Strata.Packaging;

/// <summary>What the Go linker writes into a program: the compiler's version and the modules inside (the section <c>.go.buildinfo</c>, as of Go 1.18).</summary>
public static class GoBuildInfo
{
    private const string SectionName = ".go.buildinfo";
    private const int MaxSize = 16 << 20, HeaderSize = 32, FlagsAt = 15, SentinelSize = 16;
    private const byte InlineFlag = 2;

    /// <summary>The standard library and the modules that it depends on; null for what is no program of Go.</summary>
    public static ImmutableArray<LinkedCode>? Read(string path, ElfFile elf)
    {
        if (ElfContent.Section(path, elf, SectionName, MaxSize) is not { } bytes) return null;
        if (bytes.Length < HeaderSize || !IsMagic(bytes) || (bytes[FlagsAt] & InlineFlag) == 0) return null;
        var rest = bytes.AsSpan(HeaderSize);
        return Take(ref rest) is { } version && Take(ref rest) is { } modules
            ? [StandardLibrary(Encoding.UTF8.GetString(version)), .. Modules(modules)]
            : null;
    }

    private static bool IsMagic(byte[] bytes) => bytes[0] == 0xff && bytes.AsSpan(1).StartsWith(" Go buildinf:"u8);

    private static LinkedCode StandardLibrary(string version) =>
        new() { Kind = LinkKind.Go, Name = "stdlib", Version = version.Split(' ')[0].Replace("go", "", StringComparison.Ordinal), License = "BSD-3-Clause" };

    /// <summary>A length as varint, then so many bytes; null when they are not there.</summary>
    private static byte[]? Take(ref Span<byte> rest)
    {
        var (length, shift, at) = (0L, 0, 0);
        while (at < rest.Length && shift < 35)
        {
            length |= (long)(rest[at] & 0x7F) << shift;
            shift += 7;
            if ((rest[at++] & 0x80) != 0) continue;
            if (length > rest.Length - at) return null;
            var bytes = rest.Slice(at, (int)length).ToArray();
            rest = rest[(at + (int)length)..];
            return bytes;
        }
        return null;
    }

    /// <summary>Lines of <c>dep PATH VERSION SUM</c>, each perhaps replaced by a line <c>=&gt;</c>; between sentinels of 16 bytes.</summary>
    private static IEnumerable<LinkedCode> Modules(byte[] bytes)
    {
        if (bytes.Length <= 2 * SentinelSize) return [];
        var found = new List<LinkedCode>();
        foreach (var line in Encoding.UTF8.GetString(bytes, SentinelSize, bytes.Length - 2 * SentinelSize).Split('\n'))
            if (line.Split('\t') is [var word, var name, var version, .. var sum] && word is "dep" or "=>")
            {
                if (word == "=>" && found.Count > 0) found.RemoveAt(found.Count - 1);
                found.Add(new() { Kind = LinkKind.Go, Name = name, Version = version, Sum = sum is [{ Length: > 0 } text, ..] ? text : null });
            }
        return found;
    }
}
