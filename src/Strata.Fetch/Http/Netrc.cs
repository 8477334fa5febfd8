using System.Collections.Immutable;

namespace Strata.Fetch;

/// <summary>Names and passwords of servers, from the file that curl and git read as well: <c>machine HOST login NAME password WORD</c>.</summary>
internal sealed class Netrc
{
    private readonly ImmutableSortedDictionary<string, (string User, string Password)> _machines;

    private Netrc(ImmutableSortedDictionary<string, (string User, string Password)> machines) => _machines = machines;

    /// <summary>The file that NETRC names, or <c>.netrc</c> in HOME; empty when there is none.</summary>
    public static Netrc Of(ImmutableSortedDictionary<string, string> environment)
    {
        var path = environment.GetValueOrDefault("NETRC") ?? Path.Combine(environment.GetValueOrDefault("HOME", "/"), ".netrc");
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Parse("");
        }
    }

    public static Netrc Parse(string text)
    {
        var machines = ImmutableSortedDictionary.CreateBuilder<string, (string User, string Password)>(StringComparer.OrdinalIgnoreCase);
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var host = "";
        for (var i = 0; i + 1 < words.Length; i++)
            switch (words[i])
            {
                case "machine": machines.TryAdd(host = words[++i], ("", "")); break;
                case "login" when host.Length > 0: machines[host] = machines[host] with { User = words[++i] }; break;
                case "password" when host.Length > 0: machines[host] = machines[host] with { Password = words[++i] }; break;
                case "default": host = ""; break;     // a password for every server there is would be given away sooner or later
            }
        return new(machines.ToImmutable());
    }

    /// <summary>Null when the file says nothing about the host.</summary>
    public (string User, string Password)? For(string host) => _machines.TryGetValue(host, out var found) && found.User.Length > 0 ? found : null;
}
