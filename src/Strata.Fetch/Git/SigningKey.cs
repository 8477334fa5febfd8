namespace Strata.Fetch;

/// <summary>A public key whose signature of a commit is accepted.</summary>
/// <param name="Name">For messages.</param>
/// <param name="File">As <c>gpg --export</c> or <c>ssh-keygen</c> writes it.</param>
/// <param name="Fingerprint">What the key in the file must have; null to trust the file. For gpg 40 hexadecimal digits, for ssh <c>SHA256:…</c>.</param>
public sealed record SigningKey(string Name, bool IsSsh, string File, string? Fingerprint);
