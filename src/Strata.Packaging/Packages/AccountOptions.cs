using System.Collections.Immutable;
using System.Globalization;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>Reads USERADD_PARAM and GROUPADD_PARAM: command lines of useradd and groupadd, several separated by semicolons.</summary>
public static class AccountOptions
{
    public static ImmutableArray<UserAccount> ParseUsers(string text, SourceSpan place, Diagnostics diagnostics) =>
        [.. Commands(text).Select(words => ParseUser(words, place, diagnostics)).OfType<UserAccount>()];

    public static ImmutableArray<GroupAccount> ParseGroups(string text, SourceSpan place, Diagnostics diagnostics) =>
        [.. Commands(text).Select(words => ParseGroup(words, place, diagnostics)).OfType<GroupAccount>()];

    private static UserAccount? ParseUser(ImmutableArray<string> words, SourceSpan place, Diagnostics diagnostics)
    {
        var user = new UserAccount { Name = "" };
        for (var i = 0; i < words.Length; i++)
        {
            var (option, value) = SplitOption(words[i]);
            string Value() => value ?? (++i < words.Length ? words[i] : "");
            switch (option)
            {
                case "-u" or "--uid" when int.TryParse(Value(), CultureInfo.InvariantCulture, out var uid): user = user with { Uid = uid }; break;
                case "-g" or "--gid": user = user with { Group = Value() }; break;
                case "-G" or "--groups": user = user with { Groups = [.. Value().Split(',', StringSplitOptions.RemoveEmptyEntries)] }; break;
                case "-c" or "--comment": user = user with { Comment = Value() }; break;
                case "-d" or "--home" or "--home-dir": user = user with { Home = Value() }; break;
                case "-s" or "--shell": user = user with { Shell = Value() }; break;
                case "-p" or "--password": user = user with { Password = Value() }; break;
                case "-r" or "--system" or "-U" or "--user-group" or "-M" or "--no-create-home" or "-m" or "--create-home": break;
                case ['-', ..]:
                    diagnostics.Add(PackagingRules.BadAccountOptions(place, "useradd", string.Join(' ', words), words[i]));
                    return null;
                default: user = user with { Name = words[i] }; break;
            }
        }
        if (user.Name.Length > 0) return user;
        diagnostics.Add(PackagingRules.BadAccountOptions(place, "useradd", string.Join(' ', words), ""));
        return null;
    }

    private static GroupAccount? ParseGroup(ImmutableArray<string> words, SourceSpan place, Diagnostics diagnostics)
    {
        var group = new GroupAccount("");
        for (var i = 0; i < words.Length; i++)
        {
            var (option, value) = SplitOption(words[i]);
            string Value() => value ?? (++i < words.Length ? words[i] : "");
            switch (option)
            {
                case "-g" or "--gid" when int.TryParse(Value(), CultureInfo.InvariantCulture, out var gid): group = group with { Gid = gid }; break;
                case "-r" or "--system" or "-f" or "--force": break;
                case ['-', ..]:
                    diagnostics.Add(PackagingRules.BadAccountOptions(place, "groupadd", string.Join(' ', words), words[i]));
                    return null;
                default: group = group with { Name = words[i] }; break;
            }
        }
        if (group.Name.Length > 0) return group;
        diagnostics.Add(PackagingRules.BadAccountOptions(place, "groupadd", string.Join(' ', words), ""));
        return null;
    }

    private static (string Option, string? Value) SplitOption(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        return word.StartsWith("--", StringComparison.Ordinal) && equals > 0 ? (word[..equals], word[(equals + 1)..]) : (word, null);
    }

    private static IEnumerable<ImmutableArray<string>> Commands(string text) =>
        SplitQuoted(text, ';').Select(command => SplitQuoted(command, ' ', '\t', '\n')
                              .Select(w => w.Replace("'", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal)).ToImmutableArray())
                              .Where(words => words.Length > 0);

    /// <summary>Splits outside of quotes; empty parts are dropped, the quotes stay.</summary>
    private static IEnumerable<string> SplitQuoted(string text, params char[] separators)
    {
        var (start, quote) = (0, '\0');
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : separators[0];
            if (i < text.Length && c is '\'' or '"' && (quote == '\0' || quote == c)) quote = quote == '\0' ? c : '\0';
            if (i < text.Length && (quote != '\0' || !separators.Contains(c))) continue;
            if (i > start) yield return text[start..i];
            start = i + 1;
        }
    }
}
