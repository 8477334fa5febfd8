using System.Collections.Immutable;

namespace Strata.Packaging;

/// <summary>Version symbols: sections of the GNU linker whose records have the same form in 32 and 64 bits.</summary>
internal sealed partial class ElfReader
{
    private const ulong TagVersionsDefined = 0x6ffffffc, TagVersionsDefinedCount = 0x6ffffffd, TagVersionsNeeded = 0x6ffffffe, TagVersionsNeededCount = 0x6fffffff;
    private const int MaxVersions = 1 << 12;
    private const int NeededSize = 16, DefinedSize = 20, DefinedNameSize = 8;
    private const ushort BaseFlag = 1, WeakFlag = 2;

    /// <summary>What the program loader insists on; a version that only weak symbols have may be missing. Damaged tables end where they stop making sense.</summary>
    private ImmutableArray<ElfVersion> NeededVersions(long? table, ulong count, StringTable names)
    {
        var versions = ImmutableArray.CreateBuilder<ElfVersion>();
        var at = table;
        for (var i = 0UL; i < Math.Min(count, MaxVersions) && at is { } offset && Bytes((ulong)offset, NeededSize) is { } library; i++)
        {
            if (names.Read(this, U32(library, 4)) is not { } soname) break;
            var next = (long?)(offset + U32(library, 8));
            for (var j = 0; j < U16(library, 2) && versions.Count < MaxVersions && next is { } place && Bytes((ulong)place, NeededSize) is { } version; j++)
            {
                if ((U16(version, 4) & WeakFlag) == 0 && names.Read(this, U32(version, 8)) is { } name) versions.Add(new(soname, name));
                next = Following(place, U32(version, 12));
            }
            at = Following(offset, U32(library, 12));
        }
        return versions.ToImmutable();
    }

    /// <summary>What the library offers, without the entry that is its own name.</summary>
    private ImmutableArray<string> DefinedVersions(long? table, ulong count, StringTable names)
    {
        var versions = ImmutableArray.CreateBuilder<string>();
        var at = table;
        for (var i = 0UL; i < Math.Min(count, MaxVersions) && at is { } offset && Bytes((ulong)offset, DefinedSize) is { } version; i++)
        {
            var isOwnName = (U16(version, 2) & BaseFlag) != 0;
            if (!isOwnName && Bytes((ulong)offset + U32(version, 12), DefinedNameSize) is { } entry && names.Read(this, U32(entry, 0)) is { } name) versions.Add(name);
            at = Following(offset, U32(version, 16));
        }
        return versions.ToImmutable();
    }

    private static long? Following(long offset, uint distance) => distance == 0 ? null : offset + distance;

    private readonly record struct StringTable(ulong Offset, ulong Size)
    {
        public string? Read(ElfReader reader, uint at) => at < Size ? reader.Text(Offset + at, Size - at) : null;
    }
}
