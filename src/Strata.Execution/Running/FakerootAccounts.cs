using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Strata.Graph;
using Strata.Sandbox;

namespace Strata.Execution;

/// <summary>
/// The users and groups that a task under fakeroot may name: those with fixed numbers on every Debian and Yocto system, and those that
/// the recipe declares. The latter get numbers when an image is assembled; until then others stand for them, which the record translates.
/// </summary>
internal static class FakerootAccounts
{
    /// <summary>Of the first declared account. No system gives such numbers by itself, and they are below that of nobody.</summary>
    private const int FirstNumber = 61_000;

    private static readonly (string Name, int Number)[] s_fixed =
    [
        ("root", 0), ("daemon", 1), ("bin", 2), ("sys", 3), ("games", 5), ("man", 6), ("lp", 7), ("mail", 8), ("news", 9), ("uucp", 10), ("proxy", 13),
        ("www-data", 33), ("backup", 34), ("list", 38), ("irc", 39), ("nobody", 65534),
    ];

    private static readonly (string Name, int Number)[] s_fixedGroups =
    [
        ("root", 0), ("daemon", 1), ("bin", 2), ("sys", 3), ("adm", 4), ("tty", 5), ("disk", 6), ("lp", 7), ("mail", 8), ("news", 9), ("uucp", 10), ("man", 12), ("proxy", 13),
        ("kmem", 15), ("dialout", 20), ("fax", 21), ("voice", 22), ("cdrom", 24), ("floppy", 25), ("tape", 26), ("sudo", 27), ("audio", 29), ("dip", 30), ("www-data", 33),
        ("backup", 34), ("operator", 37), ("list", 38), ("irc", 39), ("src", 40), ("shadow", 42), ("utmp", 43), ("video", 44), ("sasl", 45), ("plugdev", 46), ("staff", 50),
        ("games", 60), ("users", 100), ("nogroup", 65534),
    ];

    /// <summary>Writes what the task sees as <c>/etc/passwd</c> and <c>/etc/group</c>, and SCRIPT.accounts, which becomes a part of its records.</summary>
    /// <param name="script">The script of the task, on this host.</param>
    public static ImmutableArray<Mount> Write(TaskCommand command, string script)
    {
        var users = Numbered(command.Users, s_fixed, FirstNumber);
        var groups = Numbered(command.Users.Concat(command.Groups), s_fixedGroups, FirstNumber);
        File.WriteAllText(script + ".accounts", Records("user", users) + Records("group", groups));
        File.WriteAllText(script + ".passwd", Lines(s_fixed.Concat(users), u => $"{u.Name}:x:{u.Number}:{GroupOf(u)}:{u.Name}:/:/bin/sh"));
        File.WriteAllText(script + ".group", Lines(s_fixedGroups.Concat(groups), g => $"{g.Name}:x:{g.Number}:"));
        return [new(script + ".passwd", "/etc/passwd", Writable: false), new(script + ".group", "/etc/group", Writable: false)];

        int GroupOf((string Name, int Number) user) => s_fixedGroups.Concat(groups).Where(g => g.Name == user.Name).Select(g => g.Number).FirstOrDefault(user.Number);
    }

    private static (string Name, int Number)[] Numbered(IEnumerable<string> names, (string Name, int Number)[] known, int first) =>
        [.. names.Distinct(StringComparer.Ordinal).Except(known.Select(k => k.Name), StringComparer.Ordinal).Select((name, i) => (name, first + i))];

    private static string Records(string kind, IEnumerable<(string Name, int Number)> accounts) =>
        string.Concat(accounts.Select(a => string.Create(CultureInfo.InvariantCulture, $"{kind} {a.Number} {a.Name}\0")));

    private static string Lines(IEnumerable<(string Name, int Number)> accounts, Func<(string Name, int Number), FormattableString> line)
    {
        var text = new StringBuilder();
        foreach (var account in accounts) text.Append(line(account).ToString(CultureInfo.InvariantCulture)).Append('\n');
        return text.ToString();
    }
}
