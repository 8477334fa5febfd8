using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Strata.Metadata.Expressions;

/// <summary>The modules that metadata may use, as a table from dotted path to member.</summary>
internal static class Modules
{
    private static readonly FrozenDictionary<string, object> s_members = Members();

    private static readonly FrozenDictionary<string, object>.AlternateLookup<ReadOnlySpan<char>> s_byPath = s_members.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string> s_modules = FrozenSet.Create(
        StringComparer.Ordinal, "bb", "bb.utils", "bb.data", "bb.parse", "oe", "oe.utils", "oe.types", "oe.path", "oe.data", "os", "os.path", "re", "string", "time", "sys", "hashlib", "urllib.parse", "bb.build");

    /// <summary>The longest prefix of a path says why it is not run.</summary>
    private static readonly Dictionary<string, string> s_impure = new(StringComparer.Ordinal)
    {
        ["bb.event"] = "sends events", ["bb.fetch"] = "asks the fetcher", ["bb.fetch2"] = "asks the fetcher", ["bb.process"] = "starts a process",
        ["bb.utils.cpu_count"] = "reads the host", ["bb.utils.which"] = "reads the disk", ["bb.utils.md5_file"] = "reads the disk", ["bb.utils.sha256_file"] = "reads the disk",
        ["bb.utils.mkdirhier"] = "changes the disk", ["bb.utils.remove"] = "changes the disk", ["bb.build"] = "runs tasks", ["bb.parse.mark_dependency"] = "watches the disk",
        ["datetime"] = "reads the clock", ["glob"] = "reads the disk", ["oe.utils.read_file"] = "reads the disk",
        ["oe.utils.host_gcc_version"] = "starts a process", ["oe.utils.getstatusoutput"] = "starts a process", ["oe.utils.get_bb_number_threads"] = "reads the host",
        ["os"] = "reads the host", ["os.environ"] = "reads the environment", ["os.getenv"] = "reads the environment", ["os.getcwd"] = "reads the working directory",
        ["os.listdir"] = "reads the disk", ["os.makedirs"] = "changes the disk", ["os.mkdir"] = "changes the disk", ["os.path"] = "reads the disk", ["os.remove"] = "changes the disk",
        ["os.stat"] = "reads the disk", ["os.walk"] = "reads the disk", ["pathlib"] = "reads the disk", ["platform"] = "reads the host", ["random"] = "is left to chance",
        ["shutil"] = "changes the disk", ["socket"] = "reads the network", ["subprocess"] = "starts a process", ["sys"] = "reads the host", ["tempfile"] = "changes the disk",
        ["time"] = "reads the clock", ["uuid"] = "is left to chance",
    };

    private static FrozenDictionary<string, object> Members()
    {
        var members = new Dictionary<string, object>(StringComparer.Ordinal);
        BbModule.AddTo(members);
        FetchModule.AddTo(members);
        OeModule.AddTo(members);
        PathModule.AddTo(members);
        HostModule.AddTo(members);
        HashModule.AddTo(members);
        members["urllib.parse.quote"] = new BuiltinFunction("urllib.parse.quote", Quote);
        ReModule.AddTo(members);
        members["string.ascii_letters"] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        members["string.ascii_lowercase"] = "abcdefghijklmnopqrstuvwxyz";
        members["string.ascii_uppercase"] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        members["string.digits"] = "0123456789";
        return members.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static object Quote(CallArguments arguments)
    {
        var values = arguments.Bind("string", "safe=");
        var safe = values[1] is null ? "/" : arguments.Text(values[1]);
        var quoted = new StringBuilder();
        foreach (var unit in Encoding.UTF8.GetBytes(arguments.Text(values[0])))
            _ = char.IsAsciiLetterOrDigit((char)unit) || "_.-~".Contains((char)unit) || (unit < 128 && safe.Contains((char)unit))
                ? quoted.Append((char)unit) : quoted.Append('%').Append(unit.ToString("X2", CultureInfo.InvariantCulture));
        return quoted.ToString();
    }

    /// <summary>Visible everywhere without an import.</summary>
    public static bool IsRoot(string name) => name is "bb" or "oe" or "os" or "time" or "sys";

    /// <summary>A module of Python's library that BitBake's expressions do not see by themselves.</summary>
    public static bool NeedsImport(string name) => name is "re" or "string" or "glob" or "json" or "subprocess" or "shutil" or "datetime" or "hashlib" or "urllib";

    public static BuiltinFunction? FindFunction(string path) => s_members.TryGetValue(path, out var member) ? member as BuiltinFunction : null;

    public static bool IsFunction(ReadOnlySpan<char> path) => s_byPath.TryGetValue(path, out var member) && member is BuiltinFunction;

    /// <summary>A built-in member or module; null if there is none.</summary>
    public static object? Find(string path) => s_members.TryGetValue(path, out var member) ? member : s_modules.Contains(path) ? new ModuleValue(path) : null;

    public static ExpressionException Refused(string path)
    {
        for (var prefix = path; prefix.Length > 0; prefix = prefix[..Math.Max(0, prefix.LastIndexOf('.'))])
            if (s_impure.TryGetValue(prefix, out var why)) return Fail.Impure(path, why);
        return Fail.Unsupported(path);
    }
}
