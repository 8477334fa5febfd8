using CommandLine;
using Strata.Cli.Usage;
using Strata.Core;

namespace Strata.Cli.Verbs;

[Verb("shell", HelpText = "Open a shell in the sandbox of a task, as the task would find it. What was changed there is never built upon: the next build starts the recipe afresh.")]
[Examples("strata shell busybox", "strata shell busybox --task install", "strata shell hello --command env", "strata shell hello < commands.sh")]
public sealed record ShellVerb : WorkspaceVerb
{
    [Value(0, MetaName = "RECIPE", Required = true, HelpText = "A recipe or image.")]
    public string Recipe { get; init; } = "";

    [Option('t', "task", MetaValue = "TASK", Default = "compile", HelpText = "The task whose sandbox it is; what comes before it is built first (default: compile).")]
    public string Task { get; init; } = "compile";

    [Option('c', "command", MetaValue = "COMMAND", HelpText = "Run this with /bin/sh instead, and end with its exit code.")]
    public string? Command { get; init; }

    [Option("unsandboxed", HelpText = "As build --unsandboxed: the shell of such a build.")]
    public bool Unsandboxed { get; init; }

    protected override async Task<ExitCode> RunAsync(Workspace workspace, CommandContext context, CancellationToken cancel)
    {
        var events = new EventStream();
        using var console = Console(context, events, printsData: true);
        if (Unsandboxed) workspace = workspace.WithoutSandboxes();
        var session = new Session(workspace, context.Environment, events);
        if (session.Load(cancel) is not { } metadata) return ExitCode.BadMetadata;
        if (session.Resolve(metadata, [$"{Recipe}:{Task}"], cancel) is not { } graph) return ExitCode.BadMetadata;

        var task = graph[graph.Targets[0]];
        var before = graph.Before(task);
        var settings = new BuildSettings(Environment.ProcessorCount, KeepGoing: false, DryRun: false);
        if (await session.ExecuteAsync(metadata, before, settings, cancel) is not var (outcome, _)) return ExitCode.BadMetadata;
        if (outcome.Cancelled) return ExitCode.Interrupted;
        if (!outcome.Succeeded) return ExitCode.BuildFailed;

        if (Command is null)
            events.Publish(new Announced($"This is the sandbox of {task.Name}{(task.Builtin is null ? $"; sh -e {task.WorkDirectory}/temp/run.{task.TaskName} runs the task" : "")}. Leave it with exit."));
        return await session.RunShellAsync(metadata, before, task, outcome, Command, cancel) is { } exitCode ? (ExitCode)exitCode : ExitCode.BuildFailed;
    }
}
