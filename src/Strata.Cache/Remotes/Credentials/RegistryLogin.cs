using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Strata.Cache;

/// <summary>
/// Answers a registry's challenge: with our password, or with the token that its token server gives us for it (the protocol of the
/// distribution specification, with or without an account).
/// </summary>
public sealed partial class RegistryLogin(HttpClient client, Uri registry, CredentialSource source)
{
    private const int MostTokenBytes = 64 * 1024;

    public async Task<AuthenticationHeaderValue?> AnswerAsync(AuthenticationHeaderValue challenge, CancellationToken cancel)
    {
        var credential = await source.ForRegistryAsync(registry, cancel);
        if (string.Equals(challenge.Scheme, "Basic", StringComparison.OrdinalIgnoreCase)) return credential?.ToHeader();
        if (!string.Equals(challenge.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase)) return null;
        if (credential is { User: null }) return credential.ToHeader();

        var parameters = Parameter().Matches(challenge.Parameter ?? "").ToLookup(m => m.Groups["name"].Value.ToLowerInvariant(), m => m.Groups["value"].Value);
        return TokenAddress(parameters) is { } address ? await TokenAsync(address, credential, cancel) : null;
    }

    /// <summary>Null when there is none, or one that would show our password to everybody on the way.</summary>
    private Uri? TokenAddress(ILookup<string, string> parameters)
    {
        if (!Uri.TryCreate(parameters["realm"].FirstOrDefault(), UriKind.Absolute, out var realm)) return null;
        if (realm.Scheme != Uri.UriSchemeHttps && registry.Scheme == Uri.UriSchemeHttps) return null;
        var query = parameters["scope"].Select(s => $"scope={Uri.EscapeDataString(s)}").Concat(parameters["service"].Select(s => $"service={Uri.EscapeDataString(s)}"));
        return new UriBuilder(realm) { Query = string.Join('&', query) }.Uri;
    }

    private async Task<AuthenticationHeaderValue?> TokenAsync(Uri address, Credential? credential, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = credential?.ToHeader();
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        if (!response.IsSuccessStatusCode) return null;
        await using var body = await response.Content.ReadAsStreamAsync(cancel);
        try
        {
            var answer = JsonSerializer.Deserialize(await RemotePlace.ReadSmallAsync(body, MostTokenBytes, cancel), RecordJson.Default.TokenAnswer);
            return (answer?.Token ?? answer?.AccessToken) is { } token ? new("Bearer", token) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex("""(?<name>\w+)="(?<value>[^"]*)"|(?<name>\w+)=(?<value>[^",\s]+)""")]
    private static partial Regex Parameter();
}
