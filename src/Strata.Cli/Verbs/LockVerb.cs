using System.Collections.Immutable;
using CommandLine;
using Strata.Cli.Builtins;
using Strata.Cli.Locking;
using Strata.Cli.Usage;
using Strata.Fetch;
using Strata.Metadata;

namespace Strata.Cli.Verbs;

[Verb("lock", HelpText = "Look up what branches, tags and files without a digest are now, and record it in conf/strata-lock.inc, with what recipes pin themselves, for all builds.")]
[Examples("strata lock target-image", "strata lock --update hello   # what its branch is at today", "strata lock --check   # for CI: fail if a source is not pinned")]
public sealed record LockVerb : SourcesVerb
{
    [Option("update", HelpText = "Look up again what is locked already, and take what recipes pin now (default: only what is new).")]
    public bool Update { get; init; }

    [Option("check", HelpText = "Change nothing and ask nobody; fail if a pin is missing, left over or another one than was locked.")]
    public bool Check { get; init; }

    protected override Workspace Configured(Workspace workspace) => LockFile.Without(workspace);

    protected override async Task<ExitCode> RunAsync(SourceQuestion question, CancellationToken cancel)
    {
        var path = LockFile.PathIn(question.Workspace);
        var present = LockFile.Read(path);
        var wanted = question.Recipes.SelectMany(recipe => SourcePlan.OpenSources(SourceRequests.Of(recipe)).Select(source => (Recipe: recipe, Source: source))).ToArray();
        var records = question.Recipes.SelectMany(r => LockCheck.RecordsOf(r)).ToImmutableSortedSet();
        if (Check)
        {
            ReportDifferences(question, path, present, wanted);
            ReportRecords(question, path, present, records);
            if (!question.Diagnostics.HasErrors) question.Say("every source is pinned");
            return ExitCode.Success;
        }

        if (!Update) LockCheck.Run(question.Workspace, question.Recipes, question.Diagnostics);
        if (question.Diagnostics.HasErrors) return ExitCode.BuildFailed;

        var kept = present.Where(e => !Concerns(question, e)).ToImmutableSortedSet();
        var known = Update ? [] : present.Where(e => !e.IsRecord).ToDictionary(e => e.Key, e => e.Pin);
        var found = new LockEntry?[wanted.Length];
        await Parallel.ForAsync(0, wanted.Length, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancel }, async (i, stop) =>
            found[i] = await FindAsync(question, wanted[i].Recipe, wanted[i].Source, known, stop));
        if (found.Contains(null)) return ExitCode.BuildFailed;

        var entries = kept.Union(found.OfType<LockEntry>()).Union(records);
        foreach (var entry in entries.Except(present).Where(e => !e.IsRecord || Update)) question.Say($"{entry.Recipe}: {entry.Source} is {entry.Pin}");
        if (!entries.SetEquals(present)) LockFile.Write(path, entries);
        question.Say($"{entries.Count} pins in conf/strata-lock.inc, {entries.Count(e => e.IsRecord)} of them the recipes' own");
        return ExitCode.Success;
    }

    /// <summary>Null after reporting why there is no answer.</summary>
    private static async Task<LockEntry?> FindAsync(
        SourceQuestion question, Recipe recipe, OpenSource source, Dictionary<(string, string, string), string> known, CancellationToken cancel)
    {
        var entry = LockEntry.Of(recipe.Name, source, "");
        try
        {
            return entry with { Pin = known.TryGetValue(entry.Key, out var pin) ? pin : await question.Sources.Fetcher.FindPinAsync(source, new(recipe.File), cancel) };
        }
        catch (SourceException e)
        {
            question.Diagnostics.Add(e.Problem);
            return null;
        }
    }

    private void ReportDifferences(SourceQuestion question, string path, ImmutableSortedSet<LockEntry> present, (Recipe Recipe, OpenSource Source)[] wanted)
    {
        var keys = present.Select(e => e.Key).ToHashSet();
        foreach (var (recipe, source) in wanted)
            if (!keys.Remove(LockEntry.Of(recipe.Name, source, "").Key)) question.Diagnostics.Add(LockRules.NotLocked(new(recipe.File), recipe.Name, source.ToString()));
        foreach (var entry in present.Where(e => !e.IsRecord && keys.Contains(e.Key) && Concerns(question, e))) question.Diagnostics.Add(LockRules.Stale(path, entry));
    }

    /// <summary>What recipes pin themselves need not be locked; but if there is a lock file, then all of it is in there.</summary>
    private void ReportRecords(SourceQuestion question, string path, ImmutableSortedSet<LockEntry> present, ImmutableSortedSet<LockEntry> records)
    {
        foreach (var recipe in question.Recipes)
            if (DevelopmentOf(recipe) is { Length: > 0 } directory) question.Diagnostics.Add(LockRules.Development(new(recipe.File), recipe.Name, directory));
        if (present.IsEmpty) return;

        LockCheck.Run(question.Workspace, question.Recipes, question.Diagnostics);
        var (known, wanted) = (present.Select(e => e.Key).ToHashSet(), records.Select(e => e.Key).ToHashSet());
        var files = question.Recipes.ToLookup(r => r.Name, r => r.File, StringComparer.Ordinal);
        foreach (var entry in records.Where(e => !known.Contains(e.Key))) question.Diagnostics.Add(LockRules.NotRecorded(path, new(files[entry.Recipe].First()), entry));
        foreach (var entry in present.Where(e => e.IsRecord && !wanted.Contains(e.Key) && Concerns(question, e))) question.Diagnostics.Add(LockRules.Stale(path, entry));
    }

    /// <summary>Without targets everything is looked at, also entries of recipes that are gone. What is built from a directory keeps its pins for afterwards.</summary>
    private bool Concerns(SourceQuestion question, LockEntry entry)
    {
        var recipe = question.Recipes.FirstOrDefault(r => r.Name == entry.Recipe);
        return recipe is null ? !Targets.Any() : DevelopmentOf(recipe).Length == 0;
    }

    private static string DevelopmentOf(Recipe recipe) => SourceRequests.DirectoryOf(recipe.Variables.Get);
}
