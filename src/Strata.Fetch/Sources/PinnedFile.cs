using Strata.Core;

namespace Strata.Fetch;

/// <summary>Bytes with a known digest; the URI is only the first place to look for them.</summary>
public sealed record PinnedFile(SourceUri Source, Digest Pin) : PinnedSource(Source);
