using System.Collections.Immutable;

namespace Strata.Cli.SourceBundles;

/// <summary>What a source bundle says of the image that it belongs to.</summary>
internal sealed record BundledImage
{
    public required string Recipe { get; init; }

    public required string Name { get; init; }

    public required string Version { get; init; }

    /// <summary>What the build must make again, by kind.</summary>
    public required ImmutableSortedDictionary<string, string> Digests { get; init; }

    /// <summary>Whether the image can be built from the bundle alone; false for one that was filtered.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Of Strata.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>Where the packages below come from, such as <c>Debian GNU/Linux 13 (trixie)</c>.</summary>
    public required string BuildMachine { get; init; }

    /// <summary>BUILD_ENVIRONMENT; empty when the packages of the build machine were used.</summary>
    public required string BuildEnvironment { get; init; }

    /// <summary><c>name=version</c> of every package of the build machine that a task could see.</summary>
    public required ImmutableArray<string> HostPackages { get; init; }

    public required ImmutableArray<BundledLayer> Layers { get; init; }

    public required ImmutableArray<BundledRecipe> Recipes { get; init; }

    public required ImmutableArray<LeftOutRecipe> LeftOut { get; init; }
}
