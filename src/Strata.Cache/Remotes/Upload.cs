using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cache;

/// <summary>An artifact of the store and the keys that lead to it, on the way to a remote.</summary>
/// <param name="Explain">Makes what explains the keys; null when nobody knows.</param>
internal sealed record Upload(string Name, Digest Artifact, ImmutableArray<Digest> Keys, Func<KeyBundle?> Explain);
