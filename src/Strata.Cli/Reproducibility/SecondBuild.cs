using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cli.Reproducibility;

/// <summary>
/// Starts this program once more to build the same again in other circumstances: another directory for work whose listings come backwards, a
/// strict umask, another time zone, locale and user name, half of the processors, and some seconds later.
/// </summary>
internal static class SecondBuild
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1.1);

    /// <param name="temporary">A directory that does not exist yet.</param>
    /// <param name="options">Further words of the command line.</param>
    /// <returns>The exit code of the other process.</returns>
    public static async Task<ExitCode> RunAsync(Workspace workspace, string temporary, IEnumerable<string> options, CommandContext context, EventStream events, CancellationToken cancel)
    {
        var environment = context.Environment.SetItem("TZ", "Asia/Kathmandu").SetItem("LC_ALL", "tr_TR.UTF-8").SetItem("LANG", "tr_TR.UTF-8")
            .SetItem("USER", "somebody").SetItem("LOGNAME", "somebody");
        await using var directory = await ReversedDirectory.MountAsync(temporary, cancel);
        events.Publish(new Announced("Building again, later, with another directory, umask, time zone, locale, user name and number of processors, "
            + (directory.IsReversed ? "and with listings of directories backwards." : "but with listings of directories in the same order: disorderfs would reverse them (apt-get install disorderfs).")
            + " In a sandbox the user is always root."));
        var spec = new ProcessSpec
        {
            Command =
            [
                "/bin/sh", "-c", "umask 077; exec \"$@\"", "sh", "taskset", "--cpu-list", string.Join(',', Half(AllowedProcessors())),
                Environment.ProcessPath!, "build", "--directory", workspace.TopDirectory, "--again", temporary, .. options,
            ],
            Environment = environment,
            OnLine = context.Output.WriteLine,
        };
        // Many formats keep whole seconds.
        await Task.Delay(s_pause, cancel);
        return (ExitCode)(await ProcessRunner.RunAsync(spec, cancel)).ExitCode;
    }

    private static ImmutableArray<int> Half(ImmutableArray<int> processors) => processors[..Math.Max(1, processors.Length / 2)];

    private static ImmutableArray<int> AllowedProcessors()
    {
        const string Field = "Cpus_allowed_list:";
        var ranges = File.ReadLines("/proc/self/status").First(l => l.StartsWith(Field, StringComparison.Ordinal))[Field.Length..].Trim();
        return [.. ranges.Split(',').Select(r => r.Split('-')).SelectMany(r => Enumerable.Range(Number(r[0]), Number(r[^1]) - Number(r[0]) + 1))];

        static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }
}
