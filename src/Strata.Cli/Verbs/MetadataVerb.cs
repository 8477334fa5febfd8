using Strata.Cli.Answers;
using Strata.Cli.Terminal;
using Strata.Core;
using Strata.Metadata;

namespace Strata.Cli.Verbs;

/// <summary>A command that needs the metadata and prints to standard output; messages go to standard error, as JSON too if the answer is.</summary>
public abstract record MetadataVerb : WorkspaceVerb
{
    protected virtual bool WantsJson => false;

    /// <summary>The one recipe that the answer is about, empty when it is about the configuration; null when it is about all.</summary>
    protected virtual string? AskedRecipe => null;

    protected sealed override async Task<ExitCode> RunAsync(Workspace workspace, CommandContext context, CancellationToken cancel)
    {
        var events = new EventStream();
        using var console = WantsJson ? Subscribed(events, new DiagnosticLines(context.Error)) : Console(context, events, printsData: true);
        var session = new Session(workspace, context.Environment, events);
        if ((AskedRecipe is { } recipe ? session.LoadOne(recipe, cancel) : session.Load(cancel)) is not { } metadata) return ExitCode.BadMetadata;
        try
        {
            var code = await AnswerAsync(new(workspace, context, session, metadata, events, WantsJson), cancel);
            return session.Report() ? code : ExitCode.BadMetadata;      // what functions said when the answer was read
        }
        catch (ExpansionException e)
        {
            events.Publish(new DiagnosticReported(e.Diagnostic));
            return ExitCode.BadMetadata;
        }
    }

    /// <summary>For commands that wait for something; the others override <see cref="Answer"/>.</summary>
    protected virtual Task<ExitCode> AnswerAsync(Question question, CancellationToken cancel) => Task.FromResult(Answer(question, cancel));

    protected virtual ExitCode Answer(Question question, CancellationToken cancel) => throw new NotSupportedException($"{GetType().Name} answers in neither way");
}
