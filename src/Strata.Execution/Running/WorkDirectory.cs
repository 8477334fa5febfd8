using Strata.Core;
using Strata.Graph;

namespace Strata.Execution;

/// <summary>Where the paths that a task uses lie on this host.</summary>
/// <param name="Task">The task whose WORKDIR it is.</param>
/// <param name="HostRoot">The directory on this host that is WORKDIR in the sandbox.</param>
internal sealed record WorkDirectory(TaskNode Task, string HostRoot)
{
    /// <summary>Links that lead to each other without an end give up here, as in the kernel.</summary>
    private const int MaxLinks = 40;

    public string Temp => Path.Combine(HostRoot, "temp");

    public string LogFile => Path.Combine(Temp, $"log.{Task.TaskName}");

    public string ScriptFile => Path.Combine(Temp, $"run.{Task.TaskName}");

    /// <summary>
    /// The host's path of a path in the sandbox. Links in between are followed as they would be inside, never to where they
    /// would lead on the host; a link at the very end is not followed.
    /// </summary>
    /// <returns>Null when the path is not in the work directory, or a link leads out of it.</returns>
    public string? Find(string sandboxPath)
    {
        var links = 0;
        var at = Task.WorkDirectory;
        if (Below(sandboxPath) is not { } first) return null;
        var open = new Stack<string>(Names(first));
        while (open.TryPop(out var name))
        {
            var next = Path.GetFullPath(Path.Combine(at, name));
            if (Below(next) is not { } below) return null;
            var target = open.Count == 0 ? null : new FileInfo(Path.Combine(HostRoot, below)).LinkTarget;
            if (target is null)
            {
                at = next;
                continue;
            }
            if (++links > MaxLinks || Below(Path.GetFullPath(Path.Combine(at, target))) is not { } linked) return null;
            at = Task.WorkDirectory;
            foreach (var step in Names(linked)) open.Push(step);
        }
        return Path.Combine(HostRoot, Below(at)!);
    }

    /// <exception cref="TaskFailedException">The path is not in the work directory.</exception>
    public string Require(string sandboxPath, string flag) => Find(sandboxPath) ?? throw new TaskFailedException(
        ExecutionRules.OutsideWorkDirectory(Task.Place, Task.Name, Task.TaskName, flag, sandboxPath, Task.WorkDirectory));

    /// <summary>Empties and makes the directories that the task wants before it starts.</summary>
    public void Prepare(TaskCommand command)
    {
        Directory.CreateDirectory(HostRoot);
        // What an earlier run that failed left there must not get into the store.
        if (Task.ArtifactDirectory is { } artifact) FileTree.Delete(Require(artifact, "artifact"));
        foreach (var clean in command.CleanDirectories)
        {
            var directory = Require(clean, "cleandirs");
            FileTree.Delete(directory);
            File.Delete(FakerootScript.OwnersOf(directory));
            Directory.CreateDirectory(directory);
        }
        foreach (var directory in command.Directories) Directory.CreateDirectory(Require(directory, "dirs"));
        if (File.Exists(LogFile)) File.Delete(LogFile);
    }

    private string? Below(string sandboxPath)
    {
        var full = Path.GetFullPath(sandboxPath);
        if (full == Task.WorkDirectory) return "";
        return full.StartsWith(Task.WorkDirectory + "/", StringComparison.Ordinal) ? full[(Task.WorkDirectory.Length + 1)..] : null;
    }

    /// <summary>The names of a path, last first, as a stack wants them.</summary>
    private static IEnumerable<string> Names(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse();
}
