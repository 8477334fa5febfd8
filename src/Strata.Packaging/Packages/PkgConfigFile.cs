using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Strata.Packaging;

/// <summary>What pkg-config's description of a library asks for.</summary>
internal static partial class PkgConfigFile
{
    private const string Extension = ".pc";
    private const int MaxSize = 1 << 20;

    /// <summary>The name under which others ask for it; null for every other file.</summary>
    public static string? ModuleOf(string path) =>
        path.EndsWith(Extension, StringComparison.Ordinal) && RootfsPath.Name(RootfsPath.Parent(path)) == "pkgconfig" ? RootfsPath.Name(path)[..^Extension.Length] : null;

    /// <summary>The modules of Requires and Requires.private, without versions, ordinal; variables of the file are put in.</summary>
    public static ImmutableArray<string> ReadRequirements(string file)
    {
        if (new FileInfo(file).Length > MaxSize) return [];
        var text = File.ReadAllText(file).Replace("\\\n", " ", StringComparison.Ordinal);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        var modules = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n').Select(l => l.Split('#')[0].Trim()))
            if (Variable().Match(line) is { Success: true } variable) variables[variable.Groups[1].Value] = Expand(variable.Groups[2].Value, variables);
            else if (Requirement().Match(line) is { Success: true } requirement)
                modules.UnionWith(Module().Matches(Expand(requirement.Groups[1].Value, variables)).Select(m => m.Groups[1].Value));
        return [.. modules];
    }

    /// <summary>A variable is known from its line on, as in pkg-config.</summary>
    private static string Expand(string text, Dictionary<string, string> variables) =>
        Reference().Replace(text, m => variables.GetValueOrDefault(m.Groups[1].Value, ""));

    [GeneratedRegex(@"^([A-Za-z0-9_.]+)\s*=\s*(.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^Requires(?:\.private)?\s*:\s*(.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Requirement();

    [GeneratedRegex(@"\$\{([A-Za-z0-9_.]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    /// <summary>A name, and perhaps a comparison with a version.</summary>
    [GeneratedRegex(@"([^\s,<>=!]+)(?:\s*(?:[<>!]?=|[<>])\s*[^\s,]+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Module();
}
