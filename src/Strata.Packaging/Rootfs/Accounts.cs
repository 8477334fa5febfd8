using System.Globalization;
using System.Text;

namespace Strata.Packaging;

/// <summary>The users and groups of a root file system: its own /etc/passwd and /etc/group, and what is added to them.</summary>
internal sealed class Accounts
{
    private const int FirstFree = 101;
    private const int LastFree = 999;

    private readonly List<string[]> _passwd;
    private readonly List<string[]> _group;
    private readonly List<string> _shadow;
    private readonly bool _hasShadow;

    /// <param name="passwd">Content of the file; null when there is none. Likewise the others.</param>
    public Accounts(string? passwd, string? group, string? shadow)
    {
        _passwd = Lines(passwd).Select(l => l.Split(':')).Where(f => f.Length == 7).ToList();
        _group = Lines(group).Select(l => l.Split(':')).Where(f => f.Length == 4).ToList();
        _shadow = Lines(shadow).ToList();
        _hasShadow = shadow is not null;
        HasPasswd = passwd is not null;
    }

    public bool HasPasswd { get; }

    public bool HasShadow => _hasShadow;

    /// <summary>Something was added that the files must now say.</summary>
    public bool IsChanged { get; private set; }

    public string Passwd => Text(_passwd.Select(f => string.Join(':', f)));

    public string Group => Text(_group.Select(f => string.Join(':', f)));

    public string Shadow => Text(_shadow);

    /// <summary>The number of a user; numbers are taken as they are, and root is 0 even without any file.</summary>
    public int? UserId(string name) => Id(_passwd, name);

    public int? GroupId(string name) => Id(_group, name);

    /// <summary>Null, or the number that the name has already and that is not the one asked for.</summary>
    public int? Add(GroupAccount account)
    {
        if (GroupId(account.Name) is { } present) return account.Gid is null || account.Gid == present ? null : present;
        _group.Add([account.Name, "x", Number(account.Gid ?? FreeId()), ""]);
        IsChanged = true;
        return null;
    }

    /// <summary>Likewise for a user; makes the primary group if it has none.</summary>
    public int? Add(UserAccount account)
    {
        var primary = account.Group.Length > 0 ? account.Group : account.Name;
        if (UserId(account.Name) is { } present)
        {
            Join(account);
            return account.Uid is null || account.Uid == present ? null : present;
        }

        var uid = account.Uid ?? FreeId();
        if (GroupId(primary) is null) Add(new GroupAccount(primary, IsFree(uid) ? uid : null));
        _passwd.Add([account.Name, "x", Number(uid), Number(GroupId(primary)!.Value), account.Comment, account.Home, account.Shell]);
        if (_hasShadow) _shadow.Add($"{account.Name}:{account.Password}:::::::");
        IsChanged = true;
        Join(account);
        return null;
    }

    private void Join(UserAccount account)
    {
        foreach (var name in account.Groups)
        {
            if (GroupId(name) is null) Add(new GroupAccount(name));
            var fields = _group.First(g => g[0] == name);
            var members = fields[3].Split(',', StringSplitOptions.RemoveEmptyEntries);
            if (members.Contains(account.Name, StringComparer.Ordinal)) continue;
            fields[3] = string.Join(',', members.Append(account.Name));
            IsChanged = true;
        }
    }

    private static int? Id(List<string[]> lines, string name)
    {
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        var fields = lines.FirstOrDefault(f => f[0] == name);
        if (fields is not null && int.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out number)) return number;
        return name == "root" ? 0 : null;
    }

    /// <summary>One range for both kinds, so that a user and the group of its name get the same number.</summary>
    private int FreeId() => Enumerable.Range(FirstFree, LastFree - FirstFree + 1).First(IsFree);

    private bool IsFree(int id) => !_passwd.Concat(_group).Any(f => f[2] == Number(id));

    private static string Number(int id) => id.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string> Lines(string? text) => (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Text(IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines) text.Append(line).Append('\n');
        return text.ToString();
    }
}
