using System.Collections.Concurrent;

namespace Strata.Fetch;

/// <summary>Names and passwords from the helpers that the user's git is configured with; asked for a server only after it has refused.</summary>
/// <remarks>See gitcredentials(7). What a helper gives is kept in memory alone.</remarks>
internal sealed class CredentialHelpers(GitProgram git)
{
    private readonly ConcurrentDictionary<string, (string User, string Password)?> _known = new(StringComparer.Ordinal);

    /// <summary>Null until <see cref="AskAsync"/> has found something.</summary>
    public (string User, string Password)? For(Uri server) => _known.GetValueOrDefault(KeyOf(server));

    /// <summary>Whether a helper knows the server and has not been asked before.</summary>
    public async Task<bool> AskAsync(Uri server, CancellationToken cancel)
    {
        if (_known.ContainsKey(KeyOf(server))) return false;
        var found = await FindAsync(server, cancel);
        _known[KeyOf(server)] = found;
        return found is not null;
    }

    private async Task<(string User, string Password)?> FindAsync(Uri server, CancellationToken cancel)
    {
        try
        {
            var question = $"protocol={server.Scheme}\nhost={server.Authority}\npath={server.AbsolutePath.TrimStart('/')}\n\n";
            var outcome = await git.RunAsync(null, ["credential", "fill"], cancel, input: question);
            if (!outcome.Succeeded) return null;
            var answer = outcome.Output.Split('\n').Select(line => line.Split('=', 2)).Where(p => p.Length == 2).ToLookup(p => p[0], p => p[1], StringComparer.Ordinal);
            return answer["username"].LastOrDefault() is { } user && answer["password"].LastOrDefault() is { } password ? (user, password) : null;
        }
        catch (SourceException)
        {
            return null;     // no git, no helpers
        }
    }

    private static string KeyOf(Uri server) => $"{server.Scheme}://{server.Authority}";
}
