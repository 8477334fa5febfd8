namespace Strata.Packaging;

internal sealed record SimpleSigningCritical(SimpleSigningIdentity Identity, SimpleSigningImage Image, string Type)
{
    public const string CosignType = "cosign container image signature";
}
