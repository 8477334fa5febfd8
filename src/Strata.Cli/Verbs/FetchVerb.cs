using CommandLine;
using Strata.Cli.Builtins;
using Strata.Cli.Locking;
using Strata.Cli.Usage;
using Strata.Fetch;

namespace Strata.Cli.Verbs;

[Verb("fetch", HelpText = "Bring the sources of targets here, or into a directory that other machines use as a mirror.")]
[Examples("strata fetch target-image", "strata fetch --all --into /srv/mirror   # for builds without a network")]
public sealed record FetchVerb : SourcesVerb
{
    /// <summary>At once: more only makes servers angry.</summary>
    private const int Downloads = 4;

    [Option("all", HelpText = "The sources of every recipe of the workspace.")]
    public bool All { get; init; }

    [Option("into", MetaValue = "DIR", HelpText = "Also make DIR a mirror: files under their names, repositories below git/.")]
    public string? Into { get; init; }

    protected override ExitCode? Refuse(CommandContext context)
    {
        if (Targets.Any() != All) return null;
        context.Error.WriteLine(LockRules.NothingToFetch());
        return ExitCode.Usage;
    }

    protected override async Task<ExitCode> RunAsync(SourceQuestion question, CancellationToken cancel)
    {
        LockCheck.Run(question.Workspace, question.Recipes, question.Diagnostics);
        if (question.Diagnostics.HasErrors) return ExitCode.BuildFailed;
        var plans = question.Recipes.Select(r => SourcePlan.Create(SourceRequests.Of(r), question.Diagnostics)).OfType<SourcePlan>().ToArray();
        var sources = plans.SelectMany(plan => plan.Sources.Where(s => s is PinnedFile or PinnedGit).Select(source => (Plan: plan, Source: source))).ToArray();
        var (fetched, present) = (0, 0);
        await Parallel.ForEachAsync(sources, new ParallelOptions { MaxDegreeOfParallelism = Downloads, CancellationToken = cancel }, async (s, stop) =>
        {
            switch (await question.Sources.Fetcher.FetchAsync(s.Source, s.Plan.Place, null, stop))
            {
                case FetchOutcome.Present:
                    Interlocked.Increment(ref present);
                    break;
                case FetchOutcome.Fetched { Place: var place }:
                    Interlocked.Increment(ref fetched);
                    question.Say($"{s.Plan.Recipe}: from {place}");
                    break;
                case FetchOutcome.Unavailable { Problem: var problem }:
                    question.Diagnostics.Add(problem);
                    break;
            }
        });
        question.Say($"{fetched} fetched, {present} already here");
        if (Into is not null && !question.Diagnostics.HasErrors) await ExportAsync(question, plans, Path.GetFullPath(Into, question.CurrentDirectory), cancel);
        return ExitCode.Success;
    }

    private static async Task ExportAsync(SourceQuestion question, SourcePlan[] plans, string directory, CancellationToken cancel)
    {
        var mirror = new OfflineMirror(directory, question.Sources.Fetcher, question.Sources.Blobs);
        foreach (var problem in await mirror.AddAsync(plans, cancel)) question.Diagnostics.Add(problem);
        if (question.Diagnostics.HasErrors) return;
        question.Say($"builds use it with: PREMIRRORS:prepend = \"{OfflineMirror.Rules(directory)} \"");
    }
}
