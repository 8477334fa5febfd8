using System.Net.Http.Headers;
using System.Text;

namespace Strata.Cache;

/// <summary>A user name with a password, or a token alone. Never prints itself.</summary>
/// <param name="User">Null with a token.</param>
public sealed record Credential(string? User, string Secret)
{
    public AuthenticationHeaderValue ToHeader() =>
        User is null ? new("Bearer", Secret) : new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Secret}")));

    public override string ToString() => "(secret)";
}
