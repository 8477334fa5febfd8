using System.Collections.Immutable;
using Strata.Cache;
using Strata.Core;
using Strata.Graph;
using Strata.Sandbox;

namespace Strata.Execution;

/// <summary>A shell in the sandbox of a task: the same files, paths and environment that the task gets.</summary>
/// <param name="store">Holds what the task depends on.</param>
public sealed class TaskShell(BuildOptions options, ArtifactStore store, EventStream events)
{
    private const string Prompt = "PS1";
    private const string TerminalType = "TERM";

    /// <summary>
    /// Runs a command, or a shell that reads from the input of this process. Afterwards nothing in the work directory counts as done
    /// any more, so that no artifact is ever made of what was changed by hand.
    /// </summary>
    /// <param name="task">What is in its work directory stays as it is.</param>
    /// <param name="built">A build of everything before the task.</param>
    /// <param name="command">For <c>/bin/sh</c>; null for a shell.</param>
    /// <param name="terminalType">TERM of the user.</param>
    /// <param name="cancel">Ends everything inside.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="SandboxFailedException">The sandbox could not be set up.</exception>
    public async Task<int> RunAsync(TaskNode task, BuildOutcome built, TaskGraph graph, string? command, string? terminalType, CancellationToken cancel)
    {
        var work = new WorkDirectory(task, Path.GetFullPath(Path.Combine(options.TempDirectory, "work", task.WorkPlace)));
        using var held = await LockAsync(work.HostRoot, task.RecipeName, cancel);
        var taskCommand = task.Command();
        MakeDirectories(work, taskCommand);
        ImmutableArray<InputArtifact> inputs = [.. task.Inputs.Select(i => InputArtifact.Of(graph[i], built.Artifacts[graph[i].Name], store))];
        var program = command is null ? Shell(inputs) : ["/bin/sh", "-c", command];
        var spec = TaskSecrets.Of(task, taskCommand, options.Secrets).AddTo(TaskSandbox.Spec(work, taskCommand, inputs, program, options.HostTools));
        var environment = spec.Environment.SetItem(Prompt, $"[strata {task.Name}] $PWD $ ");
        if (terminalType is not null) environment = environment.SetItem(TerminalType, terminalType);

        await using var sandboxes = options.OpenSandbox();
        var outcome = await sandboxes.RunAsync(spec with { Environment = environment, OnTerminal = true }, work.LogFile, cancel);
        FileTree.Delete(WorkPlace.StampsOf(work.HostRoot));
        return outcome.ExitCode;
    }

    private async Task<PlaceLock> LockAsync(string place, string recipe, CancellationToken cancel)
    {
        var file = WorkPlace.LockFileOf(place);
        if (PlaceLock.TryTake(file) is { } free) return free;
        BuildReport.Waiting(events, recipe, file);
        return await PlaceLock.TakeAsync(file, cancel);
    }

    private static void MakeDirectories(WorkDirectory work, TaskCommand command)
    {
        Directory.CreateDirectory(work.Temp);
        foreach (var directory in command.CleanDirectories) Directory.CreateDirectory(work.Require(directory, "cleandirs"));
        foreach (var directory in command.Directories) Directory.CreateDirectory(work.Require(directory, "dirs"));
        if (command.Script.Length > 0) File.WriteAllText(work.ScriptFile, command.Script);
    }

    /// <summary>
    /// Bash where the task can see it. Dash would have to give the terminal back to a process group that it cannot see from inside, and do
    /// without job control: there, Ctrl-C ends the shell.
    /// </summary>
    private static ImmutableArray<string> Shell(ImmutableArray<InputArtifact> inputs) =>
        inputs.Any(i => i.Mount == "/" && File.Exists(Path.Combine(i.Path, "usr/bin/bash"))) ? ["/usr/bin/bash", "--noprofile", "--norc"] : ["/bin/sh", "+m"];
}
