using CommandLine;
using Strata.Cache;
using Strata.Cli.Usage;
using Strata.Core;

namespace Strata.Cli.Verbs;

[Verb("cache", HelpText = "Look after the shared-state cache: cache stats, cache verify, cache gc.")]
[Examples("strata cache stats", "strata cache verify", "strata cache gc --max-size 20000 --max-age 30")]
public sealed record CacheVerb : WorkspaceVerb
{
    private const long Megabyte = 1_000_000;

    [Value(0, MetaName = "ACTION", Required = true,
        HelpText = "stats: how much is stored. verify: read everything and discard what is damaged. gc: remove what was not used for longest.")]
    public string Action { get; init; } = "";

    [Option("max-size", MetaValue = "MB", HelpText = "gc: keep at most so many megabytes.")]
    public long? MaxSize { get; init; }

    [Option("max-age", MetaValue = "DAYS", HelpText = "gc: remove what was not used for so many days.")]
    public int? MaxAge { get; init; }

    protected override Task<ExitCode> RunAsync(Workspace workspace, CommandContext context, CancellationToken cancel)
    {
        var events = new EventStream();
        using var console = Console(context, events, printsData: true);
        var session = new Session(workspace, context.Environment, events);
        if (session.Load(cancel) is not { } metadata) return Task.FromResult(ExitCode.BadMetadata);

        using var store = ArtifactStore.Open(Places.Of(metadata.Configuration, workspace).Store);
        switch (Action)
        {
            case "stats": return Task.FromResult(ShowStatistics(store, context));
            case "verify": return Task.FromResult(Verify(store, events, context, cancel));
            case "gc": return Task.FromResult(Collect(store, events, context));
            default:
                events.Publish(new DiagnosticReported(CliRules.UnknownVerb($"cache {Action}", ["cache stats", "cache verify", "cache gc"])));
                return Task.FromResult(ExitCode.Usage);
        }
    }

    private static ExitCode ShowStatistics(ArtifactStore store, CommandContext context)
    {
        var statistics = store.Statistics();
        context.Output.WriteLine($"{statistics.Artifacts} artifacts, {statistics.Bytes / Megabyte} MB in {statistics.Entries} files, {statistics.Keys} keys: {store.Root}");
        return ExitCode.Success;
    }

    private static ExitCode Verify(ArtifactStore store, EventStream events, CommandContext context, CancellationToken cancel)
    {
        var damaged = store.VerifyAll(cancel);
        foreach (var diagnostic in damaged) events.Publish(new DiagnosticReported(diagnostic));
        context.Output.WriteLine($"{store.Statistics().Artifacts} artifacts are sound, {damaged.Length} were damaged and are gone");
        return ExitCode.Success;
    }

    private ExitCode Collect(ArtifactStore store, EventStream events, CommandContext context)
    {
        if (MaxSize is null && MaxAge is null)
        {
            events.Publish(new DiagnosticReported(CliRules.NoLimit()));
            return ExitCode.Usage;
        }
        var outcome = store.CollectGarbage(new() { MaxBytes = MaxSize * Megabyte, MaxAge = MaxAge is { } days ? TimeSpan.FromDays(days) : null });
        if (outcome.Skipped is { } skipped)
        {
            events.Publish(new DiagnosticReported(skipped));
            return ExitCode.BuildFailed;
        }
        context.Output.WriteLine($"{outcome.Removed.Length} artifacts removed, {outcome.BytesFreed / Megabyte} MB freed, {outcome.BytesLeft / Megabyte} MB left");
        return ExitCode.Success;
    }
}
