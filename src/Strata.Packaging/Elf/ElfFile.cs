using System.Collections.Immutable;

namespace Strata.Packaging;

/// <summary>What packaging needs to know of an ELF file. Reading trusts nothing: a damaged or hostile file gives null, never an exception.</summary>
public sealed record ElfFile
{
    public required ElfMachine Machine { get; init; }

    public required ElfType Type { get; init; }

    /// <summary>DT_NEEDED, in the file's order.</summary>
    public ImmutableArray<string> Needed { get; init; } = [];

    /// <summary>Version symbols without which the program does not start, in the file's order.</summary>
    public ImmutableArray<ElfVersion> NeededVersions { get; init; } = [];

    /// <summary>Version symbols that a library has, in the file's order; empty for one without.</summary>
    public ImmutableArray<string> DefinedVersions { get; init; } = [];

    /// <summary>DT_SONAME.</summary>
    public string? Soname { get; init; }

    /// <summary>Directories of DT_RPATH and DT_RUNPATH, in the file's order.</summary>
    public ImmutableArray<string> RunPaths { get; init; } = [];

    /// <summary>The program loader that the kernel starts.</summary>
    public string? Interpreter { get; init; }

    /// <summary>Has a dynamic section: takes part in dynamic linking.</summary>
    public bool IsDynamic { get; init; }

    /// <summary>Has no symbol table beyond what dynamic linking needs.</summary>
    public bool IsStripped { get; init; }

    /// <summary>Has DWARF sections: was compiled with -g.</summary>
    public bool HasDebugInformation { get; init; }

    /// <summary>Needs its code pages to be written to when loaded.</summary>
    public bool HasTextRelocations { get; init; }

    /// <summary>In the file's order.</summary>
    internal ImmutableArray<ElfSection> Sections { get; init; } = [];

    /// <summary>Marked by the linker as a position-independent executable.</summary>
    public bool IsMarkedExecutable { get; init; }

    /// <summary>A program rather than a library. The C library itself has an interpreter too, hence the look at the soname.</summary>
    public bool IsProgram =>
        Type == ElfType.Executable || (Type == ElfType.SharedObject && (IsMarkedExecutable || (Interpreter is not null && Soname is null)));

    /// <summary>Null when the file is not a readable ELF file.</summary>
    public static ElfFile? Read(string path)
    {
        using var stream = new FileStream(path, new FileStreamOptions { BufferSize = 0 });
        return Read(stream);
    }

    /// <summary>Needs a stream that can seek; null when it holds no readable ELF file.</summary>
    public static ElfFile? Read(Stream stream) => new ElfReader(stream).Read();
}
