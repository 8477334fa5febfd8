using System.Collections.Immutable;

namespace Strata.Packaging;

public sealed record OciIndex(int SchemaVersion, string MediaType, ImmutableArray<OciDescriptor> Manifests);
