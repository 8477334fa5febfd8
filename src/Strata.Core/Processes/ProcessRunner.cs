using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Strata.Core;

/// <summary>The one place that starts processes. A cancelled run kills the whole process tree before it returns.</summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "this is the one home of Process.Start")]
public static class ProcessRunner
{
    private static int s_started;

    /// <summary>How many processes were started so far; tests count instead of timing.</summary>
    public static int Started => s_started;

    internal static void CountStart() => Interlocked.Increment(ref s_started);

    /// <exception cref="FileNotFoundException">The program does not exist; its name is the file name.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing of the process tree is left running.</exception>
    public static async Task<ProcessOutcome> RunAsync(ProcessSpec spec, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        using var process = new Process { StartInfo = StartInfo(spec) };
        Start(process, spec);

        await using var kill = cancel.Register(() => Kill(process));
        if (spec.SharesTerminal)
        {
            await process.WaitForExitAsync(CancellationToken.None);
            cancel.ThrowIfCancellationRequested();
            return new(process.ExitCode, "", "");
        }
        var output = spec.ReadOutput is { } read ? ReadBytesAsync(process, read) : ReadAsync(process.StandardOutput, spec.OnLine);
        var error = ReadAsync(process.StandardError, spec.OnLine);
        await FeedAsync(process.StandardInput, spec);
        await process.WaitForExitAsync(CancellationToken.None);

        // A killed process looks like broken output to its reader; the cancellation is the cause to report.
        await ((Task)Task.WhenAll(output, error)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancel.ThrowIfCancellationRequested();
        return new(process.ExitCode, await output, await error);
    }

    /// <summary>Runs a program that talks to the user: it has the terminal, and an interrupt is for it and not for us.</summary>
    /// <exception cref="FileNotFoundException">The program does not exist.</exception>
    public static async Task<ProcessOutcome> RunInteractiveAsync(ProcessSpec spec)
    {
        var info = StartInfo(spec);
        (info.RedirectStandardInput, info.RedirectStandardOutput, info.RedirectStandardError) = (false, false, false);
        using var process = new Process { StartInfo = info };
        Start(process, spec);
        await process.WaitForExitAsync(CancellationToken.None);
        return new(process.ExitCode, "", "");
    }

    private static void Start(Process process, ProcessSpec spec)
    {
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new FileNotFoundException($"cannot start '{spec.Command[0]}': {e.Message}", spec.Command[0], e);
        }
        CountStart();
    }

    private static ProcessStartInfo StartInfo(ProcessSpec spec)
    {
        var info = new ProcessStartInfo(spec.Command[0], spec.Command.Skip(1))
        {
            RedirectStandardInput = !spec.SharesTerminal,
            RedirectStandardOutput = !spec.SharesTerminal,
            RedirectStandardError = !spec.SharesTerminal,
            UseShellExecute = false,
            WorkingDirectory = spec.WorkingDirectory ?? "/",
        };
        if (spec.Environment is { } environment)
        {
            info.Environment.Clear();
            foreach (var (name, value) in environment) info.Environment[name] = value;
        }
        return info;
    }

    private static async Task<string> ReadAsync(StreamReader reader, Action<string>? onLine)
    {
        if (onLine is null) return await reader.ReadToEndAsync(CancellationToken.None);
        while (await reader.ReadLineAsync(CancellationToken.None) is { } line) onLine(line);
        return "";
    }

    private static async Task<string> ReadBytesAsync(Process process, Action<Stream> read)
    {
        try
        {
            await OnOwnThread(() => read(process.StandardOutput.BaseStream));
            process.StandardOutput.Close();
            return "";
        }
        catch
        {
            // Nobody reads on: without this the process would wait for ever on a full pipe.
            Kill(process);
            throw;
        }
    }

    private static async Task FeedAsync(StreamWriter input, ProcessSpec spec)
    {
        try
        {
            if (spec.Input is { } text) await input.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(text), CancellationToken.None);
            if (spec.WriteInput is { } write) await OnOwnThread(() => write(input.BaseStream));
            input.Close();
        }
        catch (IOException)
        {
            // The process ended without reading its input; its exit code tells whether that was all right.
        }
    }

    /// <summary>Reading and writing wait for the process: on the threads of the pool, a few of them would make everybody wait.</summary>
    private static Task OnOwnThread(Action work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself between the cancellation and the kill.
        }
    }
}
