using System.Collections.Immutable;
using System.Globalization;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>Applies patches with the host's patch tool, one after the other.</summary>
public sealed class Patcher(PatchOptions options)
{
    private const int MostRejectLines = 40;

    private readonly ImmutableSortedDictionary<string, string> _environment =
        options.Environment.RemoveRange(["POSIXLY_CORRECT", "PATCH_GET", "PATCH_VERSION_CONTROL", "VERSION_CONTROL", "QUOTING_STYLE"]).SetItem("LC_ALL", "C");

    /// <exception cref="SourceException">A patch does not apply, or only where its surroundings differ; those before it are applied, and its rejects lie beside the files.</exception>
    public async Task ApplyAsync(PatchSeries series, Action<string> log, CancellationToken cancel)
    {
        foreach (var patch in series.Patches) await ApplyAsync(patch, series.Place, log, cancel);
    }

    private async Task ApplyAsync(PatchFile patch, SourceSpan at, Action<string> log, CancellationToken cancel)
    {
        var directory = DirectoryOf(patch, at);
        if (!File.Exists(patch.Path)) throw new SourceException(FetchRules.PatchFailed(at, patch.Name, $"there is no {patch.Path}", "check its name in SRC_URI"));

        log($"applying {patch.Name}");
        if (HasBinaryHunk(patch.Path))
        {
            await ApplyWithGitAsync(patch, directory, at, log, cancel);
            return;
        }

        var outcome = await RunAsync(patch, directory, patch.Strip, ["--no-backup-if-mismatch"], cancel);
        foreach (var line in outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)) log("  " + line);
        var report = PatchReport.Read(outcome.Output + outcome.Error);
        if (!outcome.Succeeded) throw new SourceException(await ExplainAsync(patch, directory, at, outcome, report, cancel));
        // Found by its fuzz rather than forbidden beforehand: so the message can say that nothing but the surroundings differ.
        if (report.Fuzz is not []) throw new SourceException(FetchRules.PatchFuzz(at, patch.Name, string.Join("; ", report.Fuzz)));
    }

    private string DirectoryOf(PatchFile patch, SourceSpan at)
    {
        var work = options.SandboxWorkDirectory.TrimEnd('/');
        var directory = patch.Directory == work || patch.Directory.StartsWith(work + "/", StringComparison.Ordinal)
            ? options.WorkDirectory + patch.Directory[work.Length..]
            : patch.Directory;
        directory = Path.GetFullPath(Path.Combine(options.SourceDirectory, directory));
        var inside = (directory + "/").StartsWith(Path.GetFullPath(options.WorkDirectory).TrimEnd('/') + "/", StringComparison.Ordinal);
        if (!inside) throw new SourceException(FetchRules.BadPatchLevel(at, patch.Source, "patchdir", patch.Directory));
        if (!Directory.Exists(directory))
            throw new SourceException(FetchRules.PatchFailed(
                at, patch.Name, $"its directory {directory} does not exist", "set S (or ;patchdir=) to the directory that the sources unpack to"));
        return directory;
    }

    private Task<ProcessOutcome> RunAsync(PatchFile patch, string directory, int strip, ImmutableArray<string> more, CancellationToken cancel) => StartAsync(new()
    {
        Command = ["patch", $"-p{strip.ToString(CultureInfo.InvariantCulture)}", "--force", "--directory", directory, "--input", patch.Path, .. more],
        Environment = _environment,
    }, cancel);

    /// <summary>patch knows nothing of git's binary hunks.</summary>
    private async Task ApplyWithGitAsync(PatchFile patch, string directory, SourceSpan at, Action<string> log, CancellationToken cancel)
    {
        // A ceiling at the parent: inside a checkout (the workspace may lie in one) git would skip files that are not below its top.
        var outcome = await StartAsync(new()
        {
            Command = ["git", "apply", "--verbose", $"-p{patch.Strip.ToString(CultureInfo.InvariantCulture)}", "--whitespace=nowarn", patch.Path],
            WorkingDirectory = directory,
            Environment = _environment.Remove("GIT_DIR").Remove("GIT_WORK_TREE").SetItem("GIT_CEILING_DIRECTORIES", Path.GetDirectoryName(directory)!)
                .SetItem("GIT_CONFIG_NOSYSTEM", "1").SetItem("GIT_CONFIG_GLOBAL", "/dev/null"),
        }, cancel);
        foreach (var line in outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)) log("  " + line);
        if (!outcome.Succeeded) throw new SourceException(FetchRules.PatchFailed(at, patch.Name, outcome.Error.Trim(), null));
    }

    private static async Task<ProcessOutcome> StartAsync(ProcessSpec spec, CancellationToken cancel)
    {
        try
        {
            return await ProcessRunner.RunAsync(spec, cancel);
        }
        catch (FileNotFoundException)
        {
            throw new SourceException(FetchRules.ToolMissing(spec.Command[0], "to apply patches"));
        }
    }

    private static bool HasBinaryHunk(string path) => File.ReadLines(path, System.Text.Encoding.Latin1).Contains("GIT binary patch");

    private async Task<Diagnostic> ExplainAsync(
        PatchFile patch, string directory, SourceSpan at, ProcessOutcome outcome, PatchReport report, CancellationToken cancel)
    {
        if (report.IsMissingTool) return FetchRules.ToolMissing("ed", $"to apply {patch.Name}") with { Place = at };
        if (report.CannotFindFile)
        {
            var better = await FindStripAsync(patch, directory, cancel);
            return FetchRules.PatchFailed(at, patch.Name, $"the files it names are not in {directory} (striplevel={patch.Strip})",
                better is { } strip ? $"add ;striplevel={strip} to its entry: then it applies" : "check S, and ;patchdir= of its entry");
        }

        // Backwards it applies: then it is there already.
        if ((await RunAsync(patch, directory, patch.Strip, ["--dry-run", "--reverse"], cancel)).Succeeded)
            return FetchRules.PatchFailed(at, patch.Name, "the sources already contain this change", $"remove {patch.Name} from SRC_URI");
        if (report.FailedHunks is []) return FetchRules.PatchFailed(at, patch.Name, (outcome.Output + outcome.Error).Trim(), null);
        return FetchRules.PatchFailed(at, patch.Name, string.Join("; ", report.FailedHunks) + Rejects(directory, report), null);
    }

    private async Task<int?> FindStripAsync(PatchFile patch, string directory, CancellationToken cancel)
    {
        foreach (var strip in new[] { 0, 1, 2, 3 })
            if (strip != patch.Strip && (await RunAsync(patch, directory, strip, ["--dry-run"], cancel)).Succeeded) return strip;
        return null;
    }

    private static string Rejects(string directory, PatchReport report)
    {
        var text = "";
        foreach (var reject in report.Rejects)
        {
            var path = Path.Combine(directory, reject);
            if (!File.Exists(path)) continue;
            var lines = File.ReadAllLines(path, System.Text.Encoding.Latin1);
            text += $"\n    {reject}:" + string.Concat(lines.Take(MostRejectLines).Select(l => "\n      " + l));
            if (lines.Length > MostRejectLines) text += $"\n      … {lines.Length - MostRejectLines} more lines";
        }
        return text;
    }
}
