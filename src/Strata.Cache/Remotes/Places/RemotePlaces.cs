using System.Net.Http.Headers;

namespace Strata.Cache;

/// <summary>Which kind of remote an address means.</summary>
internal sealed class RemotePlaces(HttpClient client, CredentialSource credentials)
{
    public RemotePlace Open(Uri address) => address.Scheme switch
    {
        "file" => new DirectoryPlace(address.LocalPath),
        "oci" => OpenRegistry(address, address.IsLoopback ? "http" : "https"),         // as Docker does it
        "oci+http" => OpenRegistry(address, "http"),
        _ => new HttpPlace(new(address.AbsoluteUri.TrimEnd('/') + "/"), new(client, address, (challenge, _) => Task.FromResult(Answer(address, challenge)))),
    };

    private OciPlace OpenRegistry(Uri address, string scheme)
    {
        var repository = new Uri($"{scheme}://{address.Authority}/v2/{address.AbsolutePath.Trim('/')}/");
        return new(repository, new(client, repository, new RegistryLogin(client, repository, credentials).AnswerAsync));
    }

    private AuthenticationHeaderValue? Answer(Uri address, AuthenticationHeaderValue challenge) =>
        credentials.ForServer(address)?.ToHeader() is { } header && string.Equals(header.Scheme, challenge.Scheme, StringComparison.OrdinalIgnoreCase) ? header : null;
}
