namespace Strata.Metadata.Expressions;

/// <summary>The functions of <c>os.path</c> that look at the text of paths only.</summary>
internal static class PathModule
{
    public static void AddTo(Dictionary<string, object> members)
    {
        Function("basename", a => Split(a.Positional(1, 1).Text(0)).Tail);
        Function("dirname", a => Split(a.Positional(1, 1).Text(0)).Head);
        Function("split", a => Split(a.Positional(1, 1).Text(0)) is var (head, tail) ? TupleValue.Of(head, tail) : None.Value);
        Function("splitext", a => SplitExtension(a.Positional(1, 1).Text(0)) is var (root, extension) ? TupleValue.Of(root, extension) : None.Value);
        Function("join", a => a.Positional(1, int.MaxValue).All.Skip(1).Aggregate(a.Text(0), (path, part) => Join(path, a.Text(part))));
        Function("normpath", a => Normalise(a.Positional(1, 1).Text(0)));
        Function("isabs", a => a.Positional(1, 1).Text(0).StartsWith('/'));
        Function("abspath", a => a.Positional(1, 1).Text(0) is ['/', ..] path ? Normalise(path) : throw NeedsDirectory("os.path.abspath"));
        Function("relpath", a => a.Bind("path", "start=") is var v ? Relative(a.Text(v[0]), v[1] is null or None ? "." : a.Text(v[1]), "os.path.relpath") : None.Value);
        Function("commonprefix", a => CommonPrefix([.. a.Run.Iterate(a.Positional(1, 1)[0]).Select(a.Text)]));
        Function("commonpath", a => CommonPath([.. a.Run.Iterate(a.Positional(1, 1)[0]).Select(a.Text)]));
        Function("expanduser", a => a.Positional(1, 1).Text(0) is ['~', ..] ? throw Fail.Impure("os.path.expanduser", "reads the environment") : a[0]);
        Function("normcase", a => a.Positional(1, 1).Text(0));
        members["os.path.sep"] = members["os.sep"] = "/";
        members["os.path.pardir"] = members["os.pardir"] = "..";
        members["os.path.curdir"] = members["os.curdir"] = ".";
        members["os.linesep"] = "\n";
        members["os.pathsep"] = ":";

        void Function(string name, Body body) => members[$"os.path.{name}"] = new BuiltinFunction($"os.path.{name}", body);
    }

    private static ExpressionException NeedsDirectory(string function) => Fail.Impure($"{function} of a relative path", "reads the working directory");

    private static (string Head, string Tail) Split(string path)
    {
        var cut = path.LastIndexOf('/') + 1;
        var head = path[..cut];
        return (head.Trim('/').Length == 0 ? head : head.TrimEnd('/'), path[cut..]);
    }

    /// <summary>The extension with its dot; leading dots of the last part belong to its name.</summary>
    public static (string Root, string Extension) SplitExtension(string path)
    {
        var start = path.LastIndexOf('/') + 1;
        var dot = path.LastIndexOf('.');
        return dot > start && path.AsSpan(start, dot - start).IndexOfAnyExcept('.') >= 0 ? (path[..dot], path[dot..]) : (path, "");
    }

    public static string Join(string path, string part) => part.StartsWith('/') ? part : path.Length == 0 || path.EndsWith('/') ? path + part : $"{path}/{part}";

    /// <summary>Without empty, <c>.</c> and <c>..</c> parts where possible. Exactly two leading slashes stay two.</summary>
    public static string Normalise(string path)
    {
        if (path.Length == 0) return ".";
        var root = path.StartsWith("//", StringComparison.Ordinal) && !path.StartsWith("///", StringComparison.Ordinal) ? "//" : path[0] == '/' ? "/" : "";
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part is "" or ".") continue;
            if (part != ".." || (root.Length == 0 && parts.Count == 0) || (parts.Count > 0 && parts[^1] == "..")) parts.Add(part);
            else if (parts.Count > 0) parts.RemoveAt(parts.Count - 1);
        }
        var result = root + string.Join('/', parts);
        return result.Length == 0 ? "." : result;
    }

    public static string Relative(string path, string start, string function)
    {
        if (path.Length == 0) throw Fail.Value("no path specified");
        var (to, from) = (Normalise(path), Normalise(start.Length == 0 ? "." : start));
        if (to[0] == '/' != (from[0] == '/')) throw NeedsDirectory(function);

        // Two relative paths start at the same place, wherever that is, unless one climbs out of it.
        if (to[0] != '/' && (Climbs(to) || Climbs(from))) throw NeedsDirectory(function);
        string[] target = Parts(to), source = Parts(from);
        var common = target.Zip(source).TakeWhile(p => p.First == p.Second).Count();
        var result = string.Join('/', Enumerable.Repeat("..", source.Length - common).Concat(target.Skip(common)));
        return result.Length == 0 ? "." : result;

        static bool Climbs(string path) => path == ".." || path.StartsWith("../", StringComparison.Ordinal);
        static string[] Parts(string path) => path == "." ? [] : path.Split('/', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string CommonPrefix(List<string> paths) =>
        paths.Count == 0 ? "" : paths.Aggregate((common, path) => common[..common.AsSpan().CommonPrefixLength(path)]);

    private static string CommonPath(List<string> paths)
    {
        if (paths.Count == 0) throw Fail.Value("commonpath() arg is an empty sequence");
        if (paths.Select(p => p.StartsWith('/')).Distinct().Count() > 1) throw Fail.Value("Can't mix absolute and relative paths");
        var parts = paths.ConvertAll(p => p.Split('/').Where(s => s is not ("" or ".")).ToList());
        var common = parts[0].TakeWhile((part, i) => parts.TrueForAll(p => i < p.Count && p[i] == part));
        return (paths[0].StartsWith('/') ? "/" : "") + string.Join('/', common);
    }
}
