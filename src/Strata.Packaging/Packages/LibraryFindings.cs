using System.Collections.Immutable;

namespace Strata.Packaging;

/// <summary>Shared libraries of one package: offered, asked for, and what nobody offers.</summary>
internal sealed record LibraryFindings(
    ImmutableArray<SharedLibrary> Provides,
    ImmutableArray<LibraryRequirement> Requires,
    ImmutableArray<(string File, string Soname)> Unresolved)
{
    public static LibraryFindings None { get; } = new([], [], []);
}
