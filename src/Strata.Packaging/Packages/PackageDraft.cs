using System.Collections.Immutable;

namespace Strata.Packaging;

/// <summary>A package on its way from FILES to a manifest.</summary>
internal sealed class PackageDraft(PackageSpec spec, ImmutableArray<Alternative> alternatives, ImmutableArray<DraftFile> files)
{
    public PackageSpec Spec { get; } = spec;

    public string Name => Spec.Name;

    public ImmutableArray<Alternative> Alternatives { get; } = alternatives;

    /// <summary>By path, ordinal.</summary>
    public ImmutableArray<DraftFile> Files { get; } = files;

    /// <summary>Set once all packages' libraries are known.</summary>
    public LibraryFindings Libraries { get; set; } = LibraryFindings.None;

    /// <summary>Packages with interpreters and pkg-config modules that the files ask for, likewise.</summary>
    public ImmutableArray<string> FoundDepends { get; set; } = [];

    /// <summary>Likewise.</summary>
    public (ImmutableArray<LinkedCode> Linked, ImmutableArray<string> Unseen) Code { get; set; } = ([], []);
}
