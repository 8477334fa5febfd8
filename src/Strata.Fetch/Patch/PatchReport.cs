using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Strata.Fetch;

/// <summary>What the patch tool said, read from its English output.</summary>
internal sealed partial record PatchReport
{
    /// <summary>“src/a.c: hunk 2 at line 31”.</summary>
    public ImmutableArray<string> FailedHunks { get; private init; } = [];

    /// <summary>“src/a.c: hunk 1 with fuzz 2”.</summary>
    public ImmutableArray<string> Fuzz { get; private init; } = [];

    /// <summary>Files with what could not be applied, relative to the patched directory.</summary>
    public ImmutableArray<string> Rejects { get; private init; } = [];

    public bool CannotFindFile { get; private init; }

    public bool IsMissingTool { get; private init; }

    public static PatchReport Read(string output)
    {
        var report = new PatchReport();
        var file = "";
        foreach (var line in output.Split('\n'))
        {
            if (Patching().Match(line) is { Success: true } patching) file = patching.Groups["file"].Value;
            else if (Failed().Match(line) is { Success: true } failed)
                report = report with { FailedHunks = report.FailedHunks.Add($"{file}: hunk {failed.Groups["hunk"]} at line {failed.Groups["line"]}") };
            else if (Fuzzy().Match(line) is { Success: true } fuzzy)
                report = report with { Fuzz = report.Fuzz.Add($"{file}: hunk {fuzzy.Groups["hunk"].Value} with {fuzzy.Groups["fuzz"].Value}") };
            else if (Saving().Match(line) is { Success: true } saving) report = report with { Rejects = report.Rejects.Add(saving.Groups["file"].Value) };
            else if (line.StartsWith("can't find file to patch", StringComparison.Ordinal)) report = report with { CannotFindFile = true };
            else if (line.Contains("ed: not found", StringComparison.Ordinal)) report = report with { IsMissingTool = true };
        }
        return report;
    }

    [GeneratedRegex("^(?:patching|checking) file '?(?<file>.+?)'?(?: \\(.*\\))?$")]
    private static partial Regex Patching();

    [GeneratedRegex("^Hunk #(?<hunk>[0-9]+) FAILED at (?<line>[0-9]+)")]
    private static partial Regex Failed();

    [GeneratedRegex("^Hunk #(?<hunk>[0-9]+) (?:succeeded|merged) at .*with (?<fuzz>fuzz [0-9]+)")]
    private static partial Regex Fuzzy();

    [GeneratedRegex("saving rejects to file '?(?<file>[^']+)'?$")]
    private static partial Regex Saving();
}
