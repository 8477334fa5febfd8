namespace Strata.Packaging;

/// <summary><c>oci-layout</c>; this and the other documents have the members that Strata writes.</summary>
internal sealed record OciLayoutFile(string ImageLayoutVersion);
