using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Strata.Cli.Recipes;

/// <summary>What build files look for on the machine.</summary>
internal static partial class NeedReader
{
    /// <summary>Ends the name of a program that runs during the build, and of the recipe that provides it.</summary>
    public const string ToolSuffix = "-native";

    /// <summary>Each name once, ordinal; required if it is so anywhere.</summary>
    public static ImmutableArray<UpstreamNeed> Read(SourceTree tree)
    {
        var found = tree.Kind switch
        {
            BuildSystem.Autotools or BuildSystem.Autoreconf => Autoconf(tree.Read("configure.ac") + tree.Read("configure.in")).Concat(Switches(tree)),
            BuildSystem.Meson => Meson(tree.Read("meson.build")),
            BuildSystem.Cmake => Cmake(tree.Read("CMakeLists.txt")),
            BuildSystem.Make => Make(tree.Read("Makefile") + tree.Read("makefile") + tree.Read("GNUmakefile")),
            BuildSystem.Cargo or BuildSystem.Go or BuildSystem.Python or _ => [],
        };
        return [.. found.Where(n => ValidName().IsMatch(n.Name)).GroupBy(n => n.Name, StringComparer.Ordinal)
            .Select(g => new UpstreamNeed(g.Key, g.Any(n => n.IsRequired), g.Max(n => n.Switch)!)).OrderBy(n => n.Name, StringComparer.Ordinal)];
    }

    private static IEnumerable<UpstreamNeed> Autoconf(string text)
    {
        text = MacroCalls.WithoutComments(MacroCalls.WithoutComments(text, "dnl "), "#");
        foreach (var (name, arguments) in MacroCalls.Of(text, "PKG_CHECK_MODULES|AC_CHECK_LIB|AC_SEARCH_LIBS|AC_CHECK_PROGS?|AC_PATH_PROGS?|AC_CHECK_TOOLS?"))
        {
            var parts = MacroCalls.Split(arguments);
            var stops = arguments.Contains("AC_MSG_ERROR", StringComparison.Ordinal) || arguments.Contains("AC_MSG_FAILURE", StringComparison.Ordinal);
            if (name == "PKG_CHECK_MODULES" && parts.Length > 1)
                foreach (var module in Modules(parts[1])) yield return new(module, parts.Length < 4 || stops);
            if (name.Contains("PROG", StringComparison.Ordinal) || name.Contains("TOOL", StringComparison.Ordinal))
                foreach (var program in Words.Of(parts.ElementAtOrDefault(1)).Select(w => w.Trim('[', ']', ','))) yield return new($"{program}{ToolSuffix}", false);
            if (name == "AC_CHECK_LIB") yield return new(parts[0], stops);
            if (name == "AC_SEARCH_LIBS" && parts.Length > 1) yield return new(Words.Of(parts[1]).FirstOrDefault() ?? "", stops);
        }
    }

    /// <summary>What configure stops without, unless it is told to do without: its message names the word for that.</summary>
    private static IEnumerable<UpstreamNeed> Switches(SourceTree tree)
    {
        var macros = Path.Combine(tree.Directory, "m4");
        var files = Directory.Exists(macros) ? Directory.EnumerateFiles(macros, "*.m4").Order(StringComparer.Ordinal) : Enumerable.Empty<string>();
        var text = MacroCalls.WithoutComments(string.Join('\n', files.Select(SourceTree.ReadAt).Prepend(tree.Read("configure.ac"))), "dnl ");
        return from error in MacroCalls.Of(text, "AC_MSG_ERROR|AC_MSG_FAILURE")
               from Match word in Switch().Matches(error.Arguments)
               select new UpstreamNeed(word.Groups[1].Value, true, word.Value);
    }

    private static IEnumerable<UpstreamNeed> Meson(string text)
    {
        text = MacroCalls.WithoutComments(text, "#");
        foreach (var (_, arguments) in MacroCalls.Of(text, "dependency|find_library"))
            yield return new(MacroCalls.Split(arguments)[0], !Optional().IsMatch(arguments));
    }

    private static IEnumerable<UpstreamNeed> Cmake(string text)
    {
        text = MacroCalls.WithoutComments(text, "#");
        foreach (var (name, arguments) in MacroCalls.Of(text, "find_package|pkg_check_modules|pkg_search_module", RegexOptions.IgnoreCase))
        {
            var words = Words.Of(arguments);
            if (words.Length == 0) continue;
            var isRequired = words.Contains("REQUIRED");
            if (name.StartsWith("find", StringComparison.OrdinalIgnoreCase)) yield return new(words[0], isRequired);
            else
                foreach (var module in Modules(string.Join(' ', words.Skip(1)))) yield return new(module, isRequired);
        }
    }

    /// <summary>A makefile asks nobody: what it links with, it needs.</summary>
    private static IEnumerable<UpstreamNeed> Make(string text) =>
        Linked().Matches(MacroCalls.WithoutComments(text, "#")).Select(m => new UpstreamNeed(m.Groups[1].Value, true));

    /// <summary><c>zlib >= 1.2 libpng</c> without versions and words of CMake.</summary>
    private static IEnumerable<string> Modules(string text) =>
        Version().Replace(text, " ").Split([' ', ',', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)
            .Where(w => w is not ("REQUIRED" or "QUIET" or "IMPORTED_TARGET" or "GLOBAL" or "NO_CMAKE_PATH" or "STATIC_TARGET")).Select(w => w.Trim('"', '[', ']'));

    [GeneratedRegex(@"--(?:disable|without)-([a-z][\w-]*)")]
    private static partial Regex Switch();

    [GeneratedRegex(@"(>=|<=|=|>|<)\s*[\w.]+")]
    private static partial Regex Version();

    [GeneratedRegex(@"required\s*:\s*(?!true\b)|disabler\s*:\s*true|fallback\s*:")]
    private static partial Regex Optional();

    [GeneratedRegex(@"(?<![\w-])-l([a-z][\w.+-]*)")]
    private static partial Regex Linked();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_.+-]*\z")]
    private static partial Regex ValidName();
}
