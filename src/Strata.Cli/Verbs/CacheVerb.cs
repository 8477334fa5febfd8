using System.Collections.Immutable;
using System.Globalization;
using CommandLine;
using Strata.Cache;
using Strata.Cli.Usage;
using Strata.Core;
using Strata.Metadata;

namespace Strata.Cli.Verbs;

[Verb("cache", HelpText = "Look after the shared-state cache: cache stats, ls, rm, gc, verify, push.")]
[Examples("strata cache stats", "strata cache ls zlib", "strata cache verify", "strata cache gc --max-size 20000 --max-age 30")]
public sealed record CacheVerb : WorkspaceVerb
{
    private const long Megabyte = 1_000_000;

    [Value(0, MetaName = "ACTION", Required = true,
        HelpText = "stats: how much is stored. ls: what is stored. rm: remove what is named. gc: remove what was not used for longest. "
            + "verify: read everything and discard what is damaged. push: send to the remotes of STRATA_REMOTES what they do not have.")]
    public string Action { get; init; } = "";

    [Value(1, MetaName = "NAME", HelpText = "ls, rm: recipes, tasks or beginnings of digests, such as zlib, zlib:do_install or 3fa9c1.")]
    public IEnumerable<string> Names { get; init; } = [];

    [Option("max-size", MetaValue = "MB", HelpText = "gc: keep at most so many megabytes.")]
    public long? MaxSize { get; init; }

    [Option("max-age", MetaValue = "DAYS", HelpText = "gc: remove what was not used for so many days.")]
    public int? MaxAge { get; init; }

    [Option("json", HelpText = "JSON instead of text; not for push, which prints no data.")]
    public bool Json { get; init; }

    protected override async Task<ExitCode> RunAsync(Workspace workspace, CommandContext context, CancellationToken cancel)
    {
        var events = new EventStream();
        using var console = Console(context, events, printsData: true);
        var session = new Session(workspace, context.Environment, events);
        if (session.LoadConfiguration(cancel) is not { } configuration) return ExitCode.BadMetadata;

        var places = Places.Of(configuration, workspace);
        using var store = ArtifactStore.Open(places.Store);
        switch (Action)
        {
            case "stats": return ShowStatistics(store, context);
            case "ls": return ShowList(store, events, context);
            case "rm": return Remove(store, events, context);
            case "gc": return Collect(store, events, context);
            case "verify": return Verify(store, new(places.Downloads), events, context, cancel);
            case "push": return await PushAsync(session, configuration, store, places, events, cancel);
            default: return Refuse(events, CliRules.UnknownVerb($"cache {Action}", ["cache stats", "cache ls", "cache rm", "cache gc", "cache verify", "cache push"]));
        }
    }

    private ExitCode ShowStatistics(ArtifactStore store, CommandContext context)
    {
        var statistics = store.Statistics();
        context.Output.WriteLine(Json
            ? CacheText.ToJson(store.Root, statistics)
            : $"{statistics.Artifacts} artifacts, {statistics.Bytes / Megabyte} MB in {statistics.Entries} files, {statistics.Keys} keys: {store.Root}");
        return ExitCode.Success;
    }

    private ExitCode ShowList(ArtifactStore store, EventStream events, CommandContext context)
    {
        if (Chosen(store.List(), events) is not { } chosen) return ExitCode.Usage;
        if (Json) context.Output.WriteLine(CacheText.ToJson(chosen));
        else
            foreach (var artifact in chosen)
                context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{artifact.Digest.Hex[..12]} {artifact.Bytes / (double)Megabyte,10:0.0} MB  {artifact.LastUsed:yyyy-MM-dd HH:mm}  {string.Join(' ', artifact.Names)}"));
        return ExitCode.Success;
    }

    private ExitCode Remove(ArtifactStore store, EventStream events, CommandContext context)
    {
        if (!Names.Any()) return Refuse(events, CliRules.NoLimit("cache rm needs a name", "strata cache rm zlib"));
        if (Chosen(store.List(), events) is not { } chosen) return ExitCode.Usage;
        var digests = chosen.Select(a => a.Digest).ToImmutableHashSet();
        return Show(store.Collect(a => digests.Contains(a.Digest)), events, context);
    }

    private ExitCode Collect(ArtifactStore store, EventStream events, CommandContext context)
    {
        if (MaxSize is null && MaxAge is null) return Refuse(events, CliRules.NoLimit("cache gc needs a limit", "strata cache gc --max-size 20000 --max-age 30"));
        return Show(store.CollectGarbage(new() { MaxBytes = MaxSize * Megabyte, MaxAge = MaxAge is { } days ? TimeSpan.FromDays(days) : null }), events, context);
    }

    private ExitCode Verify(ArtifactStore store, BlobStore downloads, EventStream events, CommandContext context, CancellationToken cancel)
    {
        var damaged = store.VerifyAll(cancel).Concat(downloads.VerifyAll(cancel)).ToArray();
        foreach (var diagnostic in damaged) events.Publish(new DiagnosticReported(diagnostic));
        var (artifacts, blobs) = (store.Statistics().Artifacts, downloads.List().Length);
        context.Output.WriteLine(Json
            ? CacheText.ToJson(artifacts, blobs, damaged)
            : $"{artifacts} artifacts and {blobs} downloads are sound, {damaged.Length} were damaged and are gone");
        return ExitCode.Success;
    }

    private static async Task<ExitCode> PushAsync(Session session, Datastore configuration, ArtifactStore store, Places places, EventStream events, CancellationToken cancel)
    {
        if (!session.TryReadRemotes(configuration, out var options)) return ExitCode.BadMetadata;
        if (options is null || !options.Addresses.Any(a => a.CanWrite)) return Refuse(events, CliRules.NoRemotes());
        using var seal = options.Seal;
        await using var remotes = RemoteCache.Open(options, store, events);
        using var history = BuildHistory.Open(places.History);
        remotes.OfferAll((task, keys) => RememberedKeys.Of(task, keys, history));
        return await remotes.FinishAsync(cancel) ? ExitCode.Success : cancel.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.BuildFailed;
    }

    /// <summary>What the names on the command line mean, or everything without any; null after reporting one that means nothing.</summary>
    private ImmutableArray<StoredArtifact>? Chosen(ImmutableArray<StoredArtifact> all, EventStream events)
    {
        foreach (var name in Names)
            if (!all.Any(a => Means(name, a)))
            {
                events.Publish(new DiagnosticReported(CliRules.NoArtifact(name, all.SelectMany(a => a.Names).SelectMany(n => (string[])[n, n.Split(':')[0]]))));
                return null;
            }
        return Names.Any() ? [.. all.Where(a => Names.Any(n => Means(n, a)))] : all;
    }

    private static bool Means(string name, StoredArtifact artifact) =>
        artifact.Names.Any(n => n == name || n.StartsWith(name + ":", StringComparison.Ordinal))
        || (name.Length >= 6 && artifact.Digest.Hex.StartsWith(name, StringComparison.Ordinal));

    private ExitCode Show(CollectionOutcome outcome, EventStream events, CommandContext context)
    {
        if (outcome.Skipped is { } skipped)
        {
            events.Publish(new DiagnosticReported(skipped));
            return ExitCode.BuildFailed;
        }
        context.Output.WriteLine(Json
            ? CacheText.ToJson(outcome)
            : $"{outcome.Removed.Length} artifacts removed, {outcome.BytesFreed / Megabyte} MB freed, {outcome.BytesLeft / Megabyte} MB left");
        return ExitCode.Success;
    }

    private static ExitCode Refuse(EventStream events, Diagnostic reason)
    {
        events.Publish(new DiagnosticReported(reason));
        return ExitCode.Usage;
    }
}
