using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>Which files of an install tree a strip program should see, each file once whatever number of names it has.</summary>
/// <param name="AlreadyStripped">Programs and libraries without symbols, which no strip program needs to see.</param>
public sealed record StripPlan(ImmutableArray<StripEntry> Entries, ImmutableArray<string> AlreadyStripped)
{
    public static StripPlan None { get; } = new([], []);

    /// <summary>Reads the tree.</summary>
    public static StripPlan Of(string tree, CancellationToken cancel)
    {
        var seen = new HashSet<(ulong, ulong)>();
        var entries = ImmutableArray.CreateBuilder<StripEntry>();
        var stripped = ImmutableArray.CreateBuilder<string>();
        foreach (var entry in InstallTree.Read(tree, InstallRecord.Empty, default, new Diagnostics(), cancel).Subtree()
                     .Where(e => e.Kind == FileKind.File && seen.Add(e.Status.Identity)).OrderBy(e => e.Path, StringComparer.Ordinal))
        {
            var elf = ReadElf(entry, out var isArchive);
            if (isArchive) entries.Add(new(entry.Path, StripKind.StaticLibrary, HasDebugInformation: false));
            else if (elf is { IsStripped: true, IsDynamic: true }) stripped.Add(entry.Path);
            else if (elf is { IsStripped: false } && KindOf(elf, entry.Path) is { } kind) entries.Add(new(entry.Path, kind, elf.HasDebugInformation));
        }
        return new(entries.ToImmutable(), stripped.ToImmutable());
    }

    private static ElfFile? ReadElf(InstallEntry entry, out bool isArchive)
    {
        using var stream = new FileStream(ContentIntake.OpenReadable(entry.HostPath), FileAccess.Read, bufferSize: 0);
        Span<byte> magic = stackalloc byte[8];
        var length = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        isArchive = magic[..length].SequenceEqual("!<arch>\n"u8);
        return magic[..length].StartsWith("\u007fELF"u8) ? ElfFile.Read(stream) : null;
    }

    private static StripKind? KindOf(ElfFile elf, string path) => elf switch
    {
        { Type: ElfType.Relocatable } => path.EndsWith(".ko", StringComparison.Ordinal) ? StripKind.KernelModule : null,
        { IsProgram: true } => StripKind.Executable,
        { Type: ElfType.SharedObject } => StripKind.SharedLibrary,
        _ => null,
    };
}
