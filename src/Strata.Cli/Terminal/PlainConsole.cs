namespace Strata.Cli.Terminal;

/// <summary>One line per event, for files, pipes and CI logs: no colours, nothing is ever written over.</summary>
public sealed class PlainConsole(TextWriter output, bool verbose) : BuildConsole(output, verbose, new Palette(IsColoured: false))
{
    /// <summary>In a long log the failure is far above the end.</summary>
    protected override void ShowCollected()
    {
        foreach (var task in Progress.Failures) WriteLine($"failed: {task.Task}{(task.LogFile is null ? "" : $", log: {task.LogFile}")}");
    }
}
