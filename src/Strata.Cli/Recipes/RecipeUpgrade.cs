using System.Collections.Immutable;
using Strata.Cli.Answers;
using Strata.Cli.Builtins;
using Strata.Compliance;
using Strata.Core;
using Strata.Fetch;
using Strata.Metadata;

namespace Strata.Cli.Recipes;

/// <summary>Moves a recipe to another version: its file, the pins of its sources, the digests of its licence texts.</summary>
internal sealed class RecipeUpgrade(Question question, SourceTools tools, Recipe recipe)
{
    private readonly string _old = recipe.Get("PV") ?? "";
    private readonly Diagnostics _problems = new();

    /// <summary>What a person has to look at afterwards.</summary>
    public ImmutableArray<Diagnostic> Problems => _problems.Sorted();

    /// <summary>The new file; when this throws, the old one is as it was.</summary>
    /// <exception cref="SourceException">The sources of the new version cannot be fetched or unpacked.</exception>
    public async Task<string> MoveAsync(UpstreamVersion version, CancellationToken cancel)
    {
        var text = await File.ReadAllTextAsync(recipe.File, cancel);
        var target = Path.Combine(Path.GetDirectoryName(recipe.File)!, Path.GetFileName(recipe.File).Replace($"_{_old}.", $"_{version.Version}.", StringComparison.Ordinal));
        var moved = WithVersion(text, version);
        File.Delete(recipe.File);
        AtomicFile.WriteAllText(target, moved);
        try
        {
            var fresh = question.Session.Load(cancel)?.Recipes.FirstOrDefault(r => r.File == target && r.Variant == recipe.Variant)
                ?? throw new SourceException(RecipeRules.Unversioned(new(recipe.File), recipe.Name, "the recipe cannot be read under its new name"));
            AtomicFile.WriteAllText(target, await WithPinsAsync(fresh, moved, cancel));
            return target;
        }
        catch
        {
            File.Delete(target);
            AtomicFile.WriteAllText(recipe.File, text);
            throw;
        }
    }

    /// <summary>Versions that are written out in addresses, and the commit of a repository.</summary>
    private string WithVersion(string text, UpstreamVersion version)
    {
        var underscored = (_old.Replace('.', '_'), version.Version.Replace('.', '_'));
        var lines = text.Split('\n').Select(l => !IsAboutSources(l) || l.Contains("sha256sum", StringComparison.Ordinal) ? l
            : l.Replace(_old, version.Version, StringComparison.Ordinal).Replace(underscored.Item1, underscored.Item2, StringComparison.Ordinal));
        var moved = string.Join('\n', lines);
        var revision = recipe.Variables.Get("SRCREV");
        return version.Commit.Length > 0 && revision is { Length: > 0 } && RecipeOutdatedVerb.SourceOf(recipe)!.IsGit ? moved.Replace(revision, version.Commit, StringComparison.Ordinal) : moved;
    }

    private static bool IsAboutSources(string line) =>
        line.StartsWith("SRC_URI", StringComparison.Ordinal) || line.StartsWith("S =", StringComparison.Ordinal) || line.StartsWith("PV", StringComparison.Ordinal) || line.Contains("://", StringComparison.Ordinal);

    private async Task<string> WithPinsAsync(Recipe fresh, string text, CancellationToken cancel)
    {
        var (before, after) = (SourceRequests.Of(recipe), SourceRequests.Of(fresh));
        var same = Words.Of(before.SourceUris).ToHashSet(StringComparer.Ordinal);
        var changed = Words.Of(after.SourceUris).Where(u => !same.Contains(u)).ToArray();
        foreach (var open in SourcePlan.OpenSources(after with { SourceUris = string.Join(' ', changed), Pins = after.Pins.Clear(), Locked = after.Locked.Clear() }))
        {
            if (open.IsGit) continue;
            var pin = await tools.Fetcher.FindPinAsync(open, new(fresh.File), cancel);
            var flag = open.Setting["SRC_URI[".Length..^1];
            if (after.Pins.TryGetValue(flag, out var stale)) text = text.Replace(stale, pin, StringComparison.Ordinal);
            after = after with { Pins = after.Pins.SetItem(flag, pin) };
        }
        var found = new Diagnostics();
        var (plan, previous) = (SourcePlan.Create(after, found), SourcePlan.Create(before with { Place = default }, found));
        if (plan is null || previous is null) throw new SourceException(found.Sorted()[0]);
        using var now = await FetchedTree.OfAsync(plan, tools, cancel);
        using var then = await FetchedTree.OfAsync(previous, tools, cancel);
        await TryPatchesAsync(plan, now, fresh, cancel);
        return await WithLicensesAsync(text, fresh, then, now, cancel);
    }

    /// <summary>Each on its own, so that one that fails does not hide the others.</summary>
    private async Task TryPatchesAsync(SourcePlan plan, FetchedTree tree, Recipe fresh, CancellationToken cancel)
    {
        if (PatchSeries.Of(plan, tree.Top, _problems) is not { } series) return;
        var patcher = new Patcher(new() { SourceDirectory = DirectoryOf(fresh, tree), WorkDirectory = tree.Top, SandboxWorkDirectory = fresh.Variables.Get("WORKDIR") ?? "/build", Environment = tools.Environment });
        foreach (var patch in series.Patches)
            try
            {
                await patcher.ApplyAsync(series with { Patches = [patch] }, _ => { }, cancel);
            }
            catch (SourceException failure)
            {
                _problems.Add(RecipeRules.PatchFails(new(fresh.File), patch.Name, failure.Problem.Message));
            }
    }

    private async Task<string> WithLicensesAsync(string text, Recipe fresh, FetchedTree then, FetchedTree now, CancellationToken cancel)
    {
        foreach (var word in Words.Of(fresh.Variables.Get("LIC_FILES_CHKSUM")))
        {
            if (!LicenseFileEntry.TryParse(word, out var entry) || Path.IsPathRooted(entry.Path)) continue;
            var (old, path) = (Path.Combine(DirectoryOf(recipe, then), entry.Path), Path.Combine(DirectoryOf(fresh, now), entry.Path));
            if (!File.Exists(path))
            {
                _problems.Add(RecipeRules.LicenseChanged(new(fresh.File), entry.Path, ["the new version has no such file"]));
                continue;
            }
            if (entry.Sha256 is null || !entry.IsWholeFile || Digest.OfFile(path).Hex == entry.Sha256) continue;
            var difference = await ProcessRunner.RunAsync(new() { Command = ["diff", "-U1", old, path] }, cancel);
            _problems.Add(RecipeRules.LicenseChanged(new(fresh.File), entry.Path, [.. difference.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2)]));
            text = text.Replace(entry.Sha256, Digest.OfFile(path).Hex, StringComparison.Ordinal);
        }
        return text;
    }

    private static string DirectoryOf(Recipe recipe, FetchedTree tree)
    {
        var (source, unpack) = (recipe.Variables.Get("S") ?? "", recipe.Variables.Get("UNPACKDIR") ?? "");
        return Paths.IsBelow(source, unpack) ? tree.Top + source[unpack.Length..] : tree.Root;
    }
}
