using System.Text.RegularExpressions;
using Strata.Cli.Builtins;
using Strata.Core;
using Strata.Fetch;
using Strata.Metadata;

namespace Strata.Cli.Recipes;

/// <summary>What a reviewer would ask to be changed in a recipe, found without building it.</summary>
internal sealed partial class RecipeLint(Recipe recipe, Action<Diagnostic> report)
{
    /// <summary>Characters of a SUMMARY, as package managers show it on one line.</summary>
    private const int LongestSummary = 80;

    /// <summary>As in the style guide of the Yocto Project; DEPENDS and settings of classes have several usual places.</summary>
    private static readonly string[] s_order =
        ["SUMMARY", "DESCRIPTION", "HOMEPAGE", "BUGTRACKER", "SECTION", "LICENSE", "LIC_FILES_CHKSUM", "SRC_URI", "SRCREV", "S", "inherit", "do_", "PACKAGES", "FILES"];

    private static readonly (string Path, string Instead)[] s_places =
    [
        ("/usr/local/", "${prefix}, or configure it away"), ("/usr/include", "${includedir}, or ${STAGING_INCDIR} for what is built against"), ("/usr/lib", "${libdir}"),
        ("/usr/bin", "${bindir}"), ("/usr/sbin", "${sbindir}"), ("/usr/share", "${datadir}"), ("/home/", "a path below ${WORKDIR}"), ("/opt/", "a path below ${prefix}"),
    ];

    private readonly string[] _lines = File.ReadAllText(recipe.File).Split('\n');

    public void Run()
    {
        Description();
        Sources();
        Order();
        Blanks();
        Paths();
        Files();
    }

    private void Description()
    {
        var summary = recipe.Get("SUMMARY") ?? "";
        if (summary.Length == 0) report(RecipeRules.Undescribed(new(recipe.File), "SUMMARY is not set", "say in one line what the program or library is for"));
        else if (summary.Length > LongestSummary) report(RecipeRules.Undescribed(PlaceOf("SUMMARY"), $"SUMMARY has {summary.Length} characters", $"shorten it to {LongestSummary}; DESCRIPTION may be long"));
        else if (summary.EndsWith('.')) report(RecipeRules.Undescribed(PlaceOf("SUMMARY"), "SUMMARY ends with a full stop", "it is a title: remove it"));
    }

    private void Sources()
    {
        if (!recipe.Tasks.Any(t => t.Name == "do_fetch")) return;
        var request = SourceRequests.Of(recipe);
        foreach (var open in SourcePlan.OpenSources(request)) report(RecipeRules.Unpinned(PlaceOf("SRC_URI"), open.ToString(), open.Setting));
        if (Words.Of(request.SourceUris).All(u => u.StartsWith("file://", StringComparison.Ordinal))) return;
        if (string.IsNullOrEmpty(recipe.Get("HOMEPAGE"))) report(RecipeRules.Undescribed(new(recipe.File), "HOMEPAGE is not set", "give the address where people read about it"));
        var license = recipe.Variables.Get("LICENSE") ?? "";
        if (license.Length == 0) report(RecipeRules.NoEvidence(new(recipe.File), "LICENSE"));
        else if (license.Trim() != "CLOSED" && string.IsNullOrWhiteSpace(recipe.Variables.Get("LIC_FILES_CHKSUM"))) report(RecipeRules.NoEvidence(PlaceOf("LICENSE"), "LIC_FILES_CHKSUM"));
    }

    private void Order()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var (latest, latestName, latestLine) = (-1, "", 0);
        foreach (var (number, line) in _lines.Index())
        {
            if (Statement().Match(line) is not { Success: true } match) continue;
            var name = match.Groups["name"].Value;
            if (name.StartsWith("do_", StringComparison.Ordinal)) name = "do_";
            var rank = Array.IndexOf(s_order, name);
            if (rank < 0 || !seen.Add(name)) continue;
            if (rank < latest) report(RecipeRules.Order(new(recipe.File, number + 1), name, latestName, new(recipe.File, latestLine)));
            else (latest, latestName, latestLine) = (rank, name, number + 1);
        }
    }

    private void Blanks()
    {
        foreach (var (number, line) in _lines.Index())
        {
            var place = new SourceSpan(recipe.File, number + 1);
            if (line.EndsWith(' ') || line.EndsWith('\t')) report(RecipeRules.Blanks(place, "blanks at the end of the line", "remove them"));
            if (line.StartsWith('\t')) report(RecipeRules.Blanks(place, "the line is indented with a tab", "use four blanks"));
            if (Tight().IsMatch(line)) report(RecipeRules.Blanks(place, "no blanks around the operator", "write NAME = \"value\""));
        }
        if (_lines[^1].Length > 0) report(RecipeRules.Blanks(new(recipe.File, _lines.Length), "the last line has no line feed", "end the file with one"));
        else if (_lines is [.., "", ""]) report(RecipeRules.Blanks(new(recipe.File, _lines.Length - 1), "empty lines at the end of the file", "remove them"));
    }

    /// <summary>Only where a layer could want another place: what is installed, packaged and compiled against. What a task reads of the sandbox lies where it lies.</summary>
    private void Paths()
    {
        foreach (var (number, line) in _lines.Index())
        {
            if (line.TrimStart().StartsWith('#') || line.Contains("://", StringComparison.Ordinal)) continue;
            foreach (var (path, instead) in s_places)
            {
                var start = path.StartsWith("/usr/", StringComparison.Ordinal) && path != "/usr/local/" ? "\\$\\{D\\}|(?<!\\w)-[IL]|^FILES.*[\\s\"]" : "[\\s\"=]|\\$\\{D\\}|-[IL]";
                if (Regex.Match(line, $"(?:{start}){Regex.Escape(path)}(?![\\w-])", RegexOptions.CultureInvariant) is { Success: true } match)
                    report(RecipeRules.HostPath(new(recipe.File, number + 1, match.Index + match.Length - path.Length + 1), path, instead));
            }
        }
    }

    private void Files()
    {
        var packages = Words.Of(recipe.Variables.Get("PACKAGES")).ToHashSet(StringComparer.Ordinal);
        var divided = _lines.Count(l => FilesOf().IsMatch(l)) > 1;
        foreach (var (number, line) in _lines.Index())
        {
            if (FilesOf().Match(line) is not { Success: true } match) continue;
            var place = new SourceSpan(recipe.File, number + 1);
            var package = match.Groups["package"].Value.Replace("${PN}", recipe.Name, StringComparison.Ordinal).Replace("${BPN}", recipe.Variables.Get("BPN"), StringComparison.Ordinal);
            if (!packages.Contains(package)) report(RecipeRules.OddFiles(place, $"PACKAGES has no {package}: these files go elsewhere", $"add it: PACKAGES =+ \"{match.Groups["package"].Value}\""));
            if (divided && Words.Of(match.Groups["value"].Value).FirstOrDefault(w => w is "/*" or "/" or "${prefix}" or "${prefix}/*") is { } all)
                report(RecipeRules.OddFiles(place, $"'{all}' takes everything, also what other packages of the recipe should get", "name the directories"));
        }
    }

    private SourceSpan PlaceOf(string variable)
    {
        var line = Array.FindIndex(_lines, l => Statement().Match(l).Groups["name"].Value == variable);
        return new(recipe.File, line + 1);
    }

    [GeneratedRegex(@"^(?<name>inherit|[A-Za-z_]+)(?:[:\s]|\[|\+|\?|\.|=)")]
    private static partial Regex Statement();

    [GeneratedRegex(@"^[A-Z_][A-Za-z_:${}-]*(?:\[[^\]]+\])?(?:[?:+.]?\??=[""'])")]
    private static partial Regex Tight();

    [GeneratedRegex(@"^FILES:(?<package>(?:\$\{\w+\}|[\w.+-])+)[^=]*=\s*""(?<value>[^""]*)")]
    private static partial Regex FilesOf();
}
