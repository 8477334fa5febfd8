namespace Strata.Packaging;

internal sealed record OciEmpty;
