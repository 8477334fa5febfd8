using Spectre.Console;
using Strata.Cli.Terminal;
using Strata.Core;

namespace Strata.Cli.Verbs;

/// <summary>A command that needs a workspace: finds it, sets up the console and hands over.</summary>
public abstract record WorkspaceVerb : VerbOptions, IVerb
{
    public async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancel)
    {
        var start = Path.GetFullPath(Directory ?? ".", context.CurrentDirectory);
        if (Workspace.Find(start, context.Environment) is not { } workspace)
        {
            context.Error.WriteLine(CliRules.NoWorkspace(start));
            return ExitCode.Usage;
        }
        return await RunAsync(workspace, context, cancel);
    }

    protected abstract Task<ExitCode> RunAsync(Workspace workspace, CommandContext context, CancellationToken cancel);

    /// <summary>Messages go to standard error where a command prints data, so that its output can be piped.</summary>
    protected IEventReader Console(CommandContext context, EventStream events, bool printsData)
    {
        var isLive = context.IsTerminal && !printsData && context.Environment.GetValueOrDefault("TERM", "dumb") is not ("dumb" or "");
        return Subscribed(events, isLive
            ? new LiveConsole(context.Output, SizeOfTerminal, Verbose, Palette.Of(context.Environment))
            : new PlainConsole(printsData ? context.Error : context.Output, Verbose));
    }

    protected static IEventReader Subscribed(EventStream events, IEventReader reader)
    {
        events.Subscribe(reader.Show);
        return reader;
    }

    private static (int Width, int Height) SizeOfTerminal() => (AnsiConsole.Console.Profile.Width, AnsiConsole.Console.Profile.Height);
}
