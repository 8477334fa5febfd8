namespace Strata.Packaging;

/// <summary>What a container signature is made over, in the format of containers/image and cosign.</summary>
internal sealed record SimpleSigning(SimpleSigningCritical Critical)
{
    public OciEmpty Optional { get; init; } = new();
}
