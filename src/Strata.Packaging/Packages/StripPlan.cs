using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>Which files of an install tree a strip program should see, each file once whatever number of names it has.</summary>
public sealed record StripPlan(ImmutableArray<StripEntry> Entries)
{
    /// <summary>Reads the tree; files that are stripped already are left out.</summary>
    public static StripPlan Of(string tree, CancellationToken cancel)
    {
        var seen = new HashSet<(ulong, ulong)>();
        var entries = InstallTree.Read(tree, default, new Diagnostics(), cancel).Subtree()
            .Where(e => e.Kind == FileKind.File && seen.Add(e.Status.Identity)).OrderBy(e => e.Path, StringComparer.Ordinal)
            .Select(e => KindOf(e) is { } kind ? new StripEntry(e.Path, kind) : null).OfType<StripEntry>();
        return new([.. entries]);
    }

    private static StripKind? KindOf(InstallEntry entry)
    {
        using var stream = new FileStream(ContentIntake.OpenReadable(entry.HostPath), FileAccess.Read, bufferSize: 0);
        Span<byte> magic = stackalloc byte[8];
        var length = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        if (magic[..length].SequenceEqual("!<arch>\n"u8)) return StripKind.StaticLibrary;
        if (!magic[..length].StartsWith("\u007fELF"u8) || ElfFile.Read(stream) is not { IsStripped: false } elf) return null;
        return elf switch
        {
            { Type: ElfType.Relocatable } => entry.Path.EndsWith(".ko", StringComparison.Ordinal) ? StripKind.KernelModule : null,
            { IsProgram: true } => StripKind.Executable,
            { Type: ElfType.SharedObject } => StripKind.SharedLibrary,
            _ => null,
        };
    }
}
