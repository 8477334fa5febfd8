using System.Collections.Immutable;

namespace Strata.Cache;

/// <summary>
/// Finds credentials where people keep them: <c>STRATA_REMOTE_AUTH</c> (words <c>HOST=USER:PASSWORD</c> or <c>HOST=TOKEN</c>); for web
/// servers <c>NETRC</c> or <c>~/.netrc</c>; for registries <c>REGISTRY_AUTH_FILE</c>, <c>DOCKER_CONFIG/config.json</c> or
/// <c>~/.docker/config.json</c> with the credential helpers that it names.
/// </summary>
public sealed class CredentialSource(ImmutableSortedDictionary<string, string> environment)
{
    public Credential? ForServer(Uri server)
    {
        if (FromEnvironment(server) is { } credential) return credential;
        return Read(environment.GetValueOrDefault("NETRC") ?? InHome(".netrc")) is { } text ? Netrc.Find(text, server.Host) : null;
    }

    public async Task<Credential?> ForRegistryAsync(Uri server, CancellationToken cancel)
    {
        if (FromEnvironment(server) is { } credential) return credential;
        return Read(DockerConfigFile()) is { } text && DockerConfig.Parse(text) is { } config ? await config.FindAsync(server.Authority, environment, cancel) : null;
    }

    private Credential? FromEnvironment(Uri server)
    {
        foreach (var word in environment.GetValueOrDefault("STRATA_REMOTE_AUTH", "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Split('=', 2) is not [var host, var secret] || (host != server.Authority && host != server.Host)) continue;
            return secret.Split(':', 2) is [var user, var password] ? new(user, password) : new(null, secret);
        }
        return null;
    }

    private string? DockerConfigFile() =>
        environment.GetValueOrDefault("REGISTRY_AUTH_FILE")
        ?? (environment.GetValueOrDefault("DOCKER_CONFIG") is { } directory ? Path.Combine(directory, "config.json") : InHome(".docker/config.json"));

    private string? InHome(string file) => environment.GetValueOrDefault("HOME") is { Length: > 0 } home ? Path.Combine(home, file) : null;

    private static string? Read(string? file)
    {
        try
        {
            return file is not null && File.Exists(file) ? File.ReadAllText(file) : null;
        }
        catch (Exception e) when (StoreErrors.Covers(e))
        {
            return null;              // whoever may not read the credentials goes without; the server says so
        }
    }
}
