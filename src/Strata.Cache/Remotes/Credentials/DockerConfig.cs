using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Strata.Core;

namespace Strata.Cache;

/// <summary>The part of Docker's <c>config.json</c> (also Podman's <c>auth.json</c>) that says who we are at a registry.</summary>
internal sealed record DockerConfig(Dictionary<string, DockerLogin>? Auths, Dictionary<string, string>? CredHelpers, string? CredsStore)
{
    /// <summary>Null when the text is none.</summary>
    public static DockerConfig? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, RecordJson.Default.DockerConfig);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <param name="registry">Host, with the port unless it is the usual one.</param>
    public async Task<Credential?> FindAsync(string registry, ImmutableSortedDictionary<string, string> environment, CancellationToken cancel)
    {
        if ((CredHelpers?.GetValueOrDefault(registry) ?? CredsStore) is { } helper && await AskAsync(helper, registry, environment, cancel) is { } answer) return answer;
        return Names(registry).Select(name => Auths?.GetValueOrDefault(name)?.Auth).FirstOrDefault(a => a is not null) is { } login ? Decode(login) : null;
    }

    private static string[] Names(string registry) => [registry, $"https://{registry}", $"https://{registry}/v1/", $"https://{registry}/v2/"];

    /// <summary>As docker-credential-helpers has it: the registry on standard input, JSON on standard output.</summary>
    private static async Task<Credential?> AskAsync(string helper, string registry, ImmutableSortedDictionary<string, string> environment, CancellationToken cancel)
    {
        // Where the user would find it, which need not be where this process would.
        var program = environment.GetValueOrDefault("PATH", "").Split(':').Select(d => Path.Combine(d, $"docker-credential-{helper}")).FirstOrDefault(File.Exists);
        if (program is null) return null;
        try
        {
            var outcome = await ProcessRunner.RunAsync(new() { Command = [program, "get"], Input = registry, Environment = environment }, cancel);
            if (!outcome.Succeeded || JsonSerializer.Deserialize(outcome.Output, RecordJson.Default.HelperAnswer) is not { Secret: { } secret } answer) return null;
            return new(answer.Username is "<token>" ? null : answer.Username, secret);
        }
        catch (Exception e) when (e is FileNotFoundException or JsonException)
        {
            return null;
        }
    }

    private static Credential? Decode(string login)
    {
        var bytes = new byte[login.Length];
        return Convert.TryFromBase64String(login, bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var user, var password]
            ? new(user, password)
            : null;
    }
}
