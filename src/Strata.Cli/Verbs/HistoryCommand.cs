using Strata.Cache;
using Strata.Core;

namespace Strata.Cli.Verbs;

/// <summary>A command that asks about earlier builds. Its data goes to standard output, messages to standard error.</summary>
public abstract record HistoryCommand : WorkspaceVerb
{
    protected override Task<ExitCode> RunAsync(Workspace workspace, CommandContext context, CancellationToken cancel)
    {
        var events = new EventStream();
        using var console = Console(context, events, printsData: true);
        var session = new Session(workspace, context.Environment, events);
        if (session.Load(cancel) is not { } metadata) return Task.FromResult(ExitCode.BadMetadata);

        var places = Places.Of(metadata.Configuration, workspace);
        using var history = BuildHistory.Open(places.History);
        if (Show(history, places, context) is not { } problem) return Task.FromResult(ExitCode.Success);
        events.Publish(new DiagnosticReported(problem));
        return Task.FromResult(ExitCode.Usage);
    }

    /// <returns>Null, or why there is nothing to show.</returns>
    protected abstract Diagnostic? Show(BuildHistory history, Places places, CommandContext context);

    /// <summary>The build with that number, the latest when there is none given; null when there is no such build.</summary>
    protected static BuildRecord? Find(BuildHistory history, long? build) =>
        history.Builds(int.MaxValue).FirstOrDefault(b => build is null || b.Id == build);
}
