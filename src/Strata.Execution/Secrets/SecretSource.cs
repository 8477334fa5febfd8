using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace Strata.Execution;

/// <summary>Where the user keeps secrets.</summary>
/// <param name="netrc">The file of user names and passwords that curl and git read, or null.</param>
/// <param name="agent">The socket of ssh-agent, or null.</param>
/// <param name="fileOf">The file of a secret with another name, or null.</param>
public sealed partial class SecretSource(string? netrc, string? agent, Func<string, string?> fileOf)
{
    private const string Directory = "/build/secrets";

    /// <summary>Shorter texts turn up everywhere by chance.</summary>
    private const int LeastValue = 6;

    private const int LeastEncoded = 8;

    public static SecretSource None { get; } = new(null, null, _ => null);

    /// <summary>Null when this host does not have it.</summary>
    internal Secret? Find(string name)
    {
        var path = name switch { "netrc" => netrc, "ssh-agent" => agent, _ => fileOf(name) };
        if (path is null || !File.Exists(path)) return null;
        return name switch
        {
            // By this name programs find it in HOME.
            "netrc" => new(name, path, $"{Directory}/.netrc", ["NETRC"], Bytes(Password().Matches(File.ReadAllText(path)).Select(m => m.Groups["value"].Value))),
            "ssh-agent" => new(name, path, $"{Directory}/{name}", ["SSH_AUTH_SOCK"], []),
            _ => new(name, path, $"{Directory}/{name}", [], Bytes(Lines(File.ReadAllText(path)))),
        };
    }

    /// <summary>The home of a task with secrets.</summary>
    internal static string Home => Directory;

    /// <summary>A part of a key gives it away as well as the whole.</summary>
    private static IEnumerable<string> Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries).Where(l => !l.StartsWith("-----", StringComparison.Ordinal));

    private static ImmutableArray<byte[]> Bytes(IEnumerable<string> values) =>
        [.. values.Where(v => v.Length >= LeastValue).Distinct(StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes).SelectMany(Forms)];

    /// <summary>As it is, and as it stands in a longer text that was encoded in base 64: three ways, by where in a group of three bytes it begins.</summary>
    private static IEnumerable<byte[]> Forms(byte[] value)
    {
        yield return value;
        for (var shift = 0; shift < 3; shift++)
        {
            var encoded = Convert.ToBase64String([.. new byte[shift], .. value]);
            // Characters that the bytes around it have a part in are left out.
            var own = encoded[((8 * shift + 5) / 6)..(8 * (shift + value.Length) / 6)];
            if (own.Length >= LeastEncoded) yield return Encoding.ASCII.GetBytes(own);
        }
    }

    [GeneratedRegex("""\bpassword\s+("(?<value>[^"]*)"|(?<value>\S+))""")]
    private static partial Regex Password();
}
