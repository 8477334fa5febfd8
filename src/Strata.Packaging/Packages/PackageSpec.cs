using System.Collections.Immutable;

namespace Strata.Packaging;

/// <summary>One name of PACKAGES with the variables that belong to it; lists are the variables' words.</summary>
public sealed record PackageSpec
{
    public required string Name { get; init; }

    /// <summary>FILES: paths and globs, first package to match wins.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>ALLOW_EMPTY: keep the package even when it gets no file.</summary>
    public bool AllowEmpty { get; init; }

    public string Summary { get; init; } = "";

    public string Description { get; init; } = "";

    public string Section { get; init; } = "";

    /// <summary>pkg_preinst and its relatives by their names without <c>pkg_</c>; see <see cref="PackageManifest.Scripts"/>.</summary>
    public ImmutableSortedDictionary<string, string> Scripts { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>LICENSE:package; null means the recipe's.</summary>
    public string? License { get; init; }

    /// <summary>RDEPENDS as written, version constraints included; likewise the next four.</summary>
    public string Depends { get; init; } = "";

    public string Recommends { get; init; } = "";

    public string Provides { get; init; } = "";

    public string Conflicts { get; init; } = "";

    public string Replaces { get; init; } = "";

    /// <summary>CONFFILES: paths and globs.</summary>
    public ImmutableArray<string> ConfigurationFiles { get; init; } = [];

    /// <summary>Each <c>name:link:target:priority</c>.</summary>
    public ImmutableArray<string> Alternatives { get; init; } = [];

    /// <summary>GROUPADD_PARAM: options of groupadd, several separated by semicolons.</summary>
    public string GroupOptions { get; init; } = "";

    /// <summary>USERADD_PARAM: options of useradd, several separated by semicolons.</summary>
    public string UserOptions { get; init; } = "";

    /// <summary>INSANE_SKIP:package: names of checks not wanted for it.</summary>
    public ImmutableArray<string> SkippedChecks { get; init; } = [];
}
