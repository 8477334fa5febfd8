using System.Text.RegularExpressions;
using Strata.Compliance;

namespace Strata.Cli.Recipes;

/// <summary>What build files and readme say of the project itself; empty or null where they say nothing.</summary>
internal sealed partial record ProjectFacts(string Name, string Version, string Summary, string Homepage, string? License)
{
    /// <summary>Characters of a summary.</summary>
    private const int LongestSummary = 79;

    public static ProjectFacts Read(SourceTree tree)
    {
        var facts = tree.Kind switch
        {
            BuildSystem.Cargo => Toml(tree.Read("Cargo.toml")),
            BuildSystem.Python => Toml(tree.Read("pyproject.toml")),
            BuildSystem.Go => new(Last(First(GoModule(), tree.Read("go.mod"))), "", "", "", null),
            BuildSystem.Meson => Meson(tree.Read("meson.build")),
            BuildSystem.Cmake => Cmake(tree.Read("CMakeLists.txt")),
            BuildSystem.Autotools or BuildSystem.Autoreconf or BuildSystem.Make or _ => Autoconf(tree.Read("configure.ac") + tree.Read("configure.in")),
        };
        var package = Directory.EnumerateFiles(tree.Directory, "*.pc.*").Order(StringComparer.Ordinal).Select(SourceTree.ReadAt).FirstOrDefault() ?? "";
        return facts with
        {
            Name = UpstreamName.NameFrom(facts.Name),
            Summary = Shortened(new[] { facts.Summary, First(PackageDescription(), package), Readme(tree) }.FirstOrDefault(s => s.Length > 0 && !s.Contains('@') && !s.Contains("${", StringComparison.Ordinal)) ?? ""),
            Homepage = new[] { facts.Homepage, First(PackageAddress(), package) }.FirstOrDefault(h => h.StartsWith("http", StringComparison.Ordinal) && !h.Contains('@')) ?? "",
        };
    }

    private static ProjectFacts Toml(string text)
    {
        string Key(string key) => Regex.Match(text, $"^{key}\\s*=\\s*\"([^\"\\n]*)\"", RegexOptions.Multiline | RegexOptions.CultureInvariant).Groups[1].Value;
        return new(Key("name"), Key("version"), Key("description"), Key("homepage"), Spdx(Key("license")));
    }

    private static ProjectFacts Meson(string text)
    {
        var arguments = MacroCalls.Of(MacroCalls.WithoutComments(text, "#"), "project").Select(c => c.Arguments).FirstOrDefault("");
        return new(MacroCalls.Split(arguments)[0], First(MesonVersion(), arguments), "", "", Spdx(First(MesonLicense(), arguments)));
    }

    private static ProjectFacts Cmake(string text)
    {
        var arguments = MacroCalls.Of(MacroCalls.WithoutComments(text, "#"), "project", RegexOptions.IgnoreCase).Select(c => c.Arguments).FirstOrDefault("");
        return new(Words.Of(arguments).FirstOrDefault("").Trim('"'), First(CmakeVersion(), arguments), First(CmakeDescription(), arguments), First(CmakeHomepage(), arguments), null);
    }

    private static ProjectFacts Autoconf(string text)
    {
        var arguments = MacroCalls.Of(text, "AC_INIT").Select(c => MacroCalls.Split(c.Arguments)).FirstOrDefault([]);
        string At(int index) => index < arguments.Length && !arguments[index].Contains('(') ? arguments[index] : "";
        return new(At(3).Length > 0 ? At(3) : At(0), At(1), "", At(4), null);
    }

    /// <summary>Registries separate with AND and OR as recipes do; Cargo used a slash. Null unless every name is one of SPDX.</summary>
    private static string? Spdx(string license)
    {
        var expression = license.Replace("/", " OR ", StringComparison.Ordinal);
        var names = Words.Of(expression.Replace('(', ' ').Replace(')', ' ')).Where(w => w is not ("OR" or "AND" or "WITH")).ToArray();
        return names.Length > 0 && names.All(n => SpdxList.FindLicense(n) is not null || SpdxList.FindException(n) is not null) ? expression : null;
    }

    /// <summary>The first sentence that is no heading, badge or table.</summary>
    private static string Readme(SourceTree tree)
    {
        var file = Directory.EnumerateFiles(tree.Root, "README*").OrderBy(f => f.EndsWith(".md", StringComparison.Ordinal) ? 0 : 1).ThenBy(f => f, StringComparer.Ordinal).FirstOrDefault();
        if (file is null) return "";
        var line = File.ReadLines(file).Select(l => l.Trim()).FirstOrDefault(l => l.Length > 20 && char.IsAsciiLetter(l[0]) && !l.Contains("](", StringComparison.Ordinal) && l.Contains(' ')) ?? "";
        return line.Split(". ")[0];
    }

    private static string Shortened(string text)
    {
        var line = Blanks().Replace(text.Replace('"', '\'').Replace("\\", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal), " ").Trim().TrimEnd('.', ',', ':', '!');
        if (line.Length <= LongestSummary) return line;
        return line[..line.LastIndexOf(' ', LongestSummary)].TrimEnd('.', ',', ':', ';');
    }

    private static string Last(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string First(Regex pattern, string text) => pattern.Match(text).Groups[1].Value.Trim();

    [GeneratedRegex(@"^module\s+(\S+)", RegexOptions.Multiline)]
    private static partial Regex GoModule();

    [GeneratedRegex(@"(?<!meson_)version\s*:\s*'([^']+)'")]
    private static partial Regex MesonVersion();

    [GeneratedRegex(@"license\s*:\s*\[?\s*'([^']+)'")]
    private static partial Regex MesonLicense();

    [GeneratedRegex(@"VERSION\s+""?([0-9][\w.]*)")]
    private static partial Regex CmakeVersion();

    [GeneratedRegex(@"DESCRIPTION\s+""([^""]+)""")]
    private static partial Regex CmakeDescription();

    [GeneratedRegex(@"HOMEPAGE_URL\s+""([^""]+)""")]
    private static partial Regex CmakeHomepage();

    [GeneratedRegex(@"^Description:\s*(.+)$", RegexOptions.Multiline)]
    private static partial Regex PackageDescription();

    [GeneratedRegex(@"^URL:\s*(\S+)$", RegexOptions.Multiline)]
    private static partial Regex PackageAddress();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
