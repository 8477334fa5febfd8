using System.Globalization;
using Strata.Core;
using Strata.Graph;

namespace Strata.Execution;

/// <summary>
/// The logs of earlier builds: a second name for each log of the work directories, under the number of the build. The next run of
/// a task makes a new file, so what an earlier one wrote stays.
/// </summary>
/// <param name="directory">In the directory for everything that may be deleted.</param>
/// <param name="build">Number of the build in the history.</param>
public sealed class KeptLogs(string directory, long build)
{
    private const int BuildsKept = 20;

    private bool _made;

    public static string DirectoryIn(string temp) => Path.Combine(temp, "logs");

    /// <summary>Null when the task wrote nothing in that build, or the log is gone.</summary>
    public string? Find(string task)
    {
        var file = PathOf(task);
        return File.Exists(file) ? file : null;
    }

    /// <summary>Removes the logs of builds that are long past.</summary>
    public void Sweep()
    {
        if (!Directory.Exists(directory)) return;
        foreach (var old in Directory.EnumerateDirectories(directory))
            if (long.TryParse(Path.GetFileName(old), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= build - BuildsKept)
                FileTree.Delete(old);
    }

    internal void Keep(TaskNode task, TaskResult result)
    {
        if (result.LogFile is not { } log || new FileInfo(log) is not { Exists: true, Length: > 0 }) return;
        if (!_made) Directory.CreateDirectory(Path.GetDirectoryName(PathOf(task.Name))!);
        _made = true;
        // A log that cannot be kept is still in the work directory.
        _ = HardLink.TryMake(log, PathOf(task.Name));
    }

    private string PathOf(string task) => Path.Combine(directory, build.ToString(CultureInfo.InvariantCulture), task.Replace('/', '_'));
}
