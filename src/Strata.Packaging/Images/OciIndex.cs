using System.Collections.Immutable;

namespace Strata.Packaging;

internal sealed record OciIndex(int SchemaVersion, string MediaType, ImmutableArray<OciDescriptor> Manifests);
