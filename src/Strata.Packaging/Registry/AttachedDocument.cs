namespace Strata.Packaging;

/// <summary>A document about an image, with nothing said about who wrote it.</summary>
/// <param name="Type">Media type, or the type of an attested predicate.</param>
public sealed record AttachedDocument(string Type, byte[] Content);
