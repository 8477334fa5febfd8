namespace Strata.Fetch;

/// <summary>What belongs to the user of this machine and may be used to fetch a source: what its recipe declares in <c>do_fetch[secrets]</c>.</summary>
/// <param name="Passwords">Names and passwords of servers: those of netrc, and those that git's credential helpers know.</param>
/// <param name="Keys">The user's ssh keys and their agent.</param>
public sealed record SourceSecrets(bool Passwords, bool Keys)
{
    public const string PasswordsName = "netrc";

    public const string KeysName = "ssh-agent";

    public static SourceSecrets None { get; } = new(false, false);

    /// <summary>For what the user asks for in person.</summary>
    public static SourceSecrets All { get; } = new(true, true);

    /// <param name="names">The words of <c>[secrets]</c>; others than the two mean nothing here.</param>
    public static SourceSecrets Of(IReadOnlyCollection<string> names) => new(names.Contains(PasswordsName), names.Contains(KeysName));

    /// <summary>The word that would let git answer a server that has refused it; null when none is missing.</summary>
    /// <param name="refusal">What git says.</param>
    internal string? MissingFor(string refusal) =>
        !Passwords && s_passwordRefusals.Any(r => refusal.Contains(r, StringComparison.Ordinal)) ? PasswordsName
        : !Keys && refusal.Contains("Permission denied (", StringComparison.Ordinal) ? KeysName
        : null;

    private static readonly string[] s_passwordRefusals = ["could not read Username", "could not read Password", "Authentication failed", "returned error: 401", "returned error: 403"];
}
