using System.Collections.Immutable;

namespace Strata.Metadata;

/// <summary>What to load: the workspace, and the few values that come from outside it.</summary>
public sealed record MetadataRequest
{
    /// <summary>Absolute path of the directory that has <c>conf/bblayers.conf</c>; TOPDIR inside the metadata.</summary>
    public required string TopDirectory { get; init; }

    /// <summary>Initial values, set before any file is read (BitBake: the passed-through environment).</summary>
    public ImmutableSortedDictionary<string, string> Variables { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Directories that stand for those of BBLAYERS; null takes BBLAYERS as conf/bblayers.conf leaves it.</summary>
    public ImmutableArray<string>? Layers { get; init; }

    /// <summary>The build machine's architecture as <c>uname -m</c> names it; if it is empty, expressions that ask for it are refused.</summary>
    public string BuildArchitecture { get; init; } = "";

    /// <summary>How many processors the build machine has; if it is 0, expressions that ask for it are refused.</summary>
    public int Processors { get; init; }

    /// <summary>How many recipes to evaluate at once. The result does not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Name of the multiconfig to load (<c>conf/multiconfig/NAME.conf</c>), or empty for the plain configuration.</summary>
    public string Multiconfig { get; init; } = "";

    /// <summary>Machines to load multiconfigs for that BBMULTICONFIG need not have; each is named after its machine.</summary>
    public ImmutableArray<string> OtherMachines { get; init; } = [];

    /// <summary>
    /// PN of the one recipe that is asked for, or empty if none is: the others are not evaluated, unless no file that is named for it
    /// gives it, and no other multiconfig is loaded. Null loads everything.
    /// </summary>
    public string? Recipe { get; init; }

    /// <summary>Absolute path of the directory where results are kept from one load to the next; null to keep none.</summary>
    public string? CacheDirectory { get; init; }
}
