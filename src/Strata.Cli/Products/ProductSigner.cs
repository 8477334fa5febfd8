using Strata.Core;

namespace Strata.Cli.Products;

/// <summary>An entry below <c>signers:</c>: a public key, which lies in a repository of the product.</summary>
/// <param name="Place">Where a repository allows it.</param>
/// <param name="Path">Relative to the repository.</param>
/// <param name="Fingerprint">As <c>gpg</c> or <c>ssh-keygen -l</c> prints it; null when the key is not checked further.</param>
public sealed record ProductSigner(string Name, SourceSpan Place, bool IsSsh, string Repository, string Path, string? Fingerprint);
