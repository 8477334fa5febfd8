namespace Strata.Packaging;

/// <param name="Sig">In base64.</param>
internal sealed record EnvelopeSignature(string Keyid, string Sig);
