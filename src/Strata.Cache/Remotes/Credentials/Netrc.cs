using System.Text.RegularExpressions;

namespace Strata.Cache;

/// <summary>The file format of ftp(1), which curl, git and pip read, too.</summary>
internal static partial class Netrc
{
    /// <summary>What the entry of the host says, or else the one of <c>default</c>.</summary>
    public static Credential? Find(string text, string host)
    {
        string? login = null, password = null;
        var applies = false;
        var words = Word().Matches(MacroDefinition().Replace(text, "")).Select(m => m.Groups["quoted"].Success ? m.Groups["quoted"].Value : m.Value).ToArray();
        for (var i = 0; i < words.Length; i++)
            switch (words[i])
            {
                case "machine" or "default" when applies && password is not null:
                    return new(login ?? "", password);
                case "machine":
                    applies = i + 1 < words.Length && words[++i] == host;
                    break;
                case "default":
                    applies = true;
                    break;
                case "login" when applies && i + 1 < words.Length:
                    login = words[++i];
                    break;
                case "password" when applies && i + 1 < words.Length:
                    password = words[++i];
                    break;
                case "login" or "password" or "account":
                    i++;
                    break;
            }
        return applies && password is not null ? new(login ?? "", password) : null;
    }

    [GeneratedRegex("""
        "(?<quoted>[^"]*)"|\S+
        """)]
    private static partial Regex Word();

    /// <summary>A macro ends with an empty line.</summary>
    [GeneratedRegex(@"^\s*macdef\s.*?(\n\s*\n|\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex MacroDefinition();
}
