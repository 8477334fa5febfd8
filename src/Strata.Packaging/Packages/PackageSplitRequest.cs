using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>An install tree and how to divide it.</summary>
public sealed record PackageSplitRequest
{
    /// <summary>D: the tree that do_install made, on the host.</summary>
    public required string InstallTree { get; init; }

    /// <summary>Becomes the artifact; made if missing, must be empty.</summary>
    public required string OutputDirectory { get; init; }

    public required string Recipe { get; init; }

    public required string Version { get; init; }

    public string Revision { get; init; } = "r0";

    /// <summary>LICENSE of the recipe.</summary>
    public required string License { get; init; }

    public string Homepage { get; init; } = "";

    /// <summary>MAINTAINER: a name and a mail address, for package managers.</summary>
    public string Maintainer { get; init; } = "";

    /// <summary>PACKAGE_ARCH, as package feeds print it.</summary>
    public required string PackageArchitecture { get; init; }

    /// <summary>TARGET_ARCH that every ELF file must be for; null checks none.</summary>
    public string? TargetArchitecture { get; init; }

    /// <summary>In the order of PACKAGES.</summary>
    public required ImmutableArray<PackageSpec> Packages { get; init; }

    /// <summary>Declared owners and modes; see <see cref="OwnershipTable"/>.</summary>
    public OwnershipTable Ownership { get; init; } = OwnershipTable.Empty;

    /// <summary>What do_install made of owners and devices under fakeroot; what is declared beats it.</summary>
    public InstallRecord Record { get; init; } = InstallRecord.Empty;

    /// <summary>Package artifacts (directories with packages.json) of the recipes in DEPENDS, where shared libraries are looked up, nearest first.</summary>
    public ImmutableArray<string> DependencyArtifacts { get; init; } = [];

    /// <summary>Where the program loader looks without being told.</summary>
    public ImmutableArray<string> LibraryDirectories { get; init; } = ["/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64"];

    /// <summary>Where the distribution's libraries lie (libdir); null checks nothing.</summary>
    public string? LibraryDirectory { get; init; }

    /// <summary>PRIVATE_LIBS: globs of sonames that are neither offered nor looked for.</summary>
    public ImmutableArray<string> PrivateLibraries { get; init; } = [];

    /// <summary>Texts that a shipped file must not contain: the places where it was built.</summary>
    public ImmutableArray<string> BuildPaths { get; init; } = ["/build/work/", "/build/sysroot"];

    /// <summary>Paths of programs and libraries that came without symbols, so that nobody will ever debug them; see <see cref="StripPlan"/>.</summary>
    public ImmutableArray<string> AlreadyStripped { get; init; } = [];

    /// <summary>What was seen of the recipe's links.</summary>
    public LinkRecords Links { get; init; } = LinkRecords.None;

    /// <summary>Where the recipe was built, on the host: what is kept there about headers is looked for.</summary>
    public ImmutableArray<string> BuildDirectories { get; init; } = [];

    /// <summary>WORKDIR as the linker saw it: what lies below is the recipe's own.</summary>
    public string WorkDirectory { get; init; } = "";

    /// <summary>STAGING_DIR_TARGET as the linker saw it.</summary>
    public string Sysroot { get; init; } = "";

    /// <summary>What is in the sysroot, topmost first.</summary>
    public ImmutableArray<SysrootPart> SysrootParts { get; init; } = [];

    /// <summary>What the compiler brings into programs.</summary>
    public ImmutableArray<RuntimeCode> Runtime { get; init; } = [];

    /// <summary>Cargo.lock of the sources, on the host; may be missing.</summary>
    public string CargoLock { get; init; } = "/nonexistent";

    public QaPolicy Qa { get; init; } = QaPolicy.Default;

    /// <summary>The recipe's file, for messages.</summary>
    public SourceSpan Place { get; init; }
}
