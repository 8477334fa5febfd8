using System.Collections.Immutable;

namespace Strata.Packaging;

/// <summary>What one pass over a file's bytes told.</summary>
/// <param name="BuildPath">The first of the unwanted texts that occurs in it.</param>
/// <param name="InterpreterLine">Length of a first line that begins with <c>#!</c>, in bytes; 0 for what is no script.</param>
internal sealed record FileContent(string Sha1, string Sha256, string Sha512, long Size, ElfFile? Elf, string? BuildPath, int InterpreterLine = 0)
{
    /// <summary>Of a script: the programs that it is started with, each by the places where it may lie.</summary>
    public ImmutableArray<ImmutableArray<string>> Programs { get; init; } = [];

    /// <summary>Of a description for pkg-config: the modules that it asks for.</summary>
    public ImmutableArray<string> PkgConfig { get; init; } = [];
}
