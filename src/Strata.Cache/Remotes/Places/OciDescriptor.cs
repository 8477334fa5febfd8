namespace Strata.Cache;

internal sealed record OciDescriptor(string MediaType, string Digest, long Size);
