using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>What a recipe says about its sources, in plain text: the input of <see cref="SourcePlan"/>.</summary>
public sealed record SourceRequest
{
    /// <summary>PN, for messages.</summary>
    public required string Recipe { get; init; }

    /// <summary>Where SRC_URI is set.</summary>
    public required SourceSpan Place { get; init; }

    /// <summary>SRC_URI, expanded.</summary>
    public required string SourceUris { get; init; }

    /// <summary>Flags of SRC_URI by name, such as <c>sha256sum</c> and <c>docs.sha256sum</c>.</summary>
    public ImmutableSortedDictionary<string, string> Pins { get; init; } = SourceUri.NoParameters;

    /// <summary>SRCREV and SRCREV_name by variable name; an unset variable is absent.</summary>
    public ImmutableSortedDictionary<string, string> Revisions { get; init; } = SourceUri.NoParameters;

    /// <summary>Digests by address that a lock file gives; see <see cref="LockedDigests"/>.</summary>
    public ImmutableSortedDictionary<string, Digest> Locked { get; init; } = LockedDigests.Parse(null);

    /// <summary>EXTERNALSRC: a directory that is built in place of everything that <see cref="SourceUris"/> names; empty for the sources themselves.</summary>
    public string DevelopmentDirectory { get; init; } = "";

    /// <summary>S, where the development directory goes.</summary>
    public string SourceDirectory { get; init; } = "";

    public SourceSecrets Secrets { get; init; } = SourceSecrets.None;

    /// <summary>FILESPATH: where <c>file://</c> entries are looked for, first match wins.</summary>
    public ImmutableArray<string> FileSearchPath { get; init; } = [];
}
