using System.Collections.Immutable;

namespace Strata.Packaging;

/// <summary>What one package offers to others and asks of them, as its files say.</summary>
/// <param name="Unresolved">Shared libraries that nobody offers.</param>
/// <param name="MissingVersions">Version symbols that the library lacks which would be taken.</param>
internal sealed record LibraryFindings(
    ImmutableArray<SharedLibrary> Provides,
    ImmutableArray<LibraryRequirement> Requires,
    ImmutableArray<(string File, string Soname)> Unresolved,
    ImmutableArray<(string File, ElfVersion Version, string Package)> MissingVersions)
{
    public static LibraryFindings None { get; } = new([], [], [], []);
}
