using System.Collections.Immutable;

namespace Strata.Fetch;

/// <summary>A work tree to be made of a pinned commit.</summary>
/// <param name="Asked">What the user wrote: branch, tag or commit.</param>
/// <param name="Path">Where it goes; absolute.</param>
/// <param name="Patches">Files to apply, in this order; absolute.</param>
/// <param name="PatchDigest">Digest of their bytes; empty without any.</param>
public sealed record CheckoutRequest(PinnedGit Source, string Asked, string Path, ImmutableArray<string> Patches, string PatchDigest)
{
    /// <summary>Whether the checkout that is there is this one.</summary>
    public bool IsMetBy(CheckoutState state) => state is CheckoutState.Present { Record: { } record } present
        ? record.Base == Source.Revision && record.Patches == PatchDigest && present.Head == record.Head
        : Patches is [] && state is CheckoutState.Present untouched && untouched.Head == Source.Revision;
}
