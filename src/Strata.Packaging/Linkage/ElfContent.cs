using System.Security.Cryptography;

namespace Strata.Packaging;

/// <summary>The bytes of a section.</summary>
internal static class ElfContent
{
    /// <summary>Null when the file has no such section with bytes of its own, or it is larger than <paramref name="limit"/>.</summary>
    public static byte[]? Section(string path, ElfFile elf, string name, int limit)
    {
        var section = elf.Sections.FirstOrDefault(s => s.Name == name);
        if (section.Size == 0 || section.Size > (ulong)limit) return null;
        using var file = File.OpenHandle(path);
        if (section.Offset > (ulong)RandomAccess.GetLength(file) || section.Size > (ulong)RandomAccess.GetLength(file) - section.Offset) return null;
        var bytes = new byte[section.Size];
        return RandomAccess.Read(file, bytes, (long)section.Offset) == bytes.Length ? bytes : null;
    }

    /// <summary>SHA-256 of a program's code, which neither strip nor a change of run paths touches; null when there is none.</summary>
    public static string? Identity(string path, ElfFile elf)
    {
        const int limit = 1 << 30;
        return Section(path, elf, ".text", limit) is { } code ? Convert.ToHexStringLower(SHA256.HashData(code)) : null;
    }
}
