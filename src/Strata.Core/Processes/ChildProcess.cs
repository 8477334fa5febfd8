using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Strata.Core;

/// <summary>
/// A process of this one, started and waited for by the calling thread: for callers that start thousands and want to know what
/// each of them took. Everything else goes through <see cref="ProcessRunner"/>.
/// </summary>
public sealed class ChildProcess
{

    private ChildProcess(int id) => Id = id;

    public int Id { get; }

    /// <summary>
    /// Starts the program in a process group of its own, so that a Ctrl-C of the terminal does not reach it, with an empty
    /// environment, umask 022, no core dumps and at most 1024 open files: the same on every host.
    /// </summary>
    /// <param name="command">A program without a slash is looked up in this process's PATH.</param>
    /// <param name="descriptors">Own descriptors and the numbers that they get; a later one may overwrite an earlier one's source.</param>
    /// <exception cref="FileNotFoundException">The program does not exist; its name is the file name.</exception>
    public static ChildProcess Start(IReadOnlyList<string> command, params IReadOnlyList<(SafeHandle Own, int Number)> descriptors) =>
        Spawn(command, descriptors, ownGroup: true);

    /// <summary>As <see cref="Start"/>, but on the terminal of this process, if it has one, and with its input, output and errors.</summary>
    /// <exception cref="FileNotFoundException">The program does not exist; its name is the file name.</exception>
    public static ChildProcess StartOnTerminal(IReadOnlyList<string> command, params IReadOnlyList<(SafeHandle Own, int Number)> descriptors) =>
        Spawn(command, descriptors, ownGroup: false);

    private static ChildProcess Spawn(IReadOnlyList<string> command, IReadOnlyList<(SafeHandle Own, int Number)> descriptors, bool ownGroup)
    {
        Libc.UseOwnFileMask();
        using var actions = new SpawnActions(descriptors, ownGroup);
        using var arguments = new NativeStrings(command);
        using var environment = new NativeStrings([]);
        var error = Libc.posix_spawnp(out var id, command[0], actions.Files, actions.Attributes, arguments.Pointers, environment.Pointers);
        GC.KeepAlive(descriptors);
        if (error == Libc.NoSuchFile) throw new FileNotFoundException($"cannot start '{command[0]}'", command[0]);
        if (error != 0) throw new Win32Exception(error);
        LimitsForChildren.Apply(id);
        ProcessRunner.CountStart();
        return new(id);
    }

    /// <summary>Blocks until it has ended.</summary>
    public (int ExitCode, ResourceUsage Usage) Wait() => TryWait(Id) ?? throw new InvalidOperationException($"process {Id} was waited for before");

    /// <summary>Blocks until a process that fell to this one has ended. Null when there is no such child.</summary>
    public static (int ExitCode, ResourceUsage Usage)? TryWait(int id)
    {
        var usage = new Libc.Usage();
        int status, result;
        do result = Libc.wait4(id, out status, 0, ref usage);
        while (result < 0 && Marshal.GetLastPInvokeError() == Libc.Interrupted);
        if (result < 0) return null;

        var signal = status & 0x7f;
        return (signal == 0 ? (status >> 8) & 0xff : 128 + signal, usage.ToResourceUsage());
    }

    public static void Kill(int id) => _ = Libc.kill(id, Libc.KillSignal);

    /// <summary>Kills what is left of the process group that <see cref="Start"/> made, whether its first process lives or not.</summary>
    public static void KillGroup(int id) => _ = Libc.kill(-id, Libc.KillSignal);

    /// <summary>The same, and blocks until all of it has ended; for a process that adopts orphans.</summary>
    public static void EndGroup(int id)
    {
        KillGroup(id);
        while (TryWait(-id) is not null)
        {
            // What the ended one had started is a child of this process now.
        }
    }

    /// <summary>From now on, descendants whose parents have died become children of this process instead of the system's.</summary>
    public static void AdoptOrphans() => _ = Libc.prctl(Libc.SetChildSubreaper, 1, 0, 0, 0);

    /// <summary>A file that every writer, this process and its children, only ever adds to. Made if missing.</summary>
    public static SafeFileHandle OpenForAppending(string file)
    {
        var handle = Libc.open(file, Libc.WriteOnly | Libc.Create | Libc.Append | Libc.CloseOnExec, Libc.NewFileMode);
        return handle.IsInvalid ? throw new IOException($"cannot write {file}: {Marshal.GetLastPInvokeErrorMessage()}") : handle;
    }

    /// <summary>A pipe of which children inherit nothing unless it is named in <see cref="Start"/>.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "the caller owns both ends")]
    public static (Stream Reader, SafeFileHandle Writer) OpenPipe()
    {
        var ends = new int[2];
        if (Libc.pipe2(ends, Libc.CloseOnExec) != 0) throw new Win32Exception();
        return (new FileStream(new(ends[0], ownsHandle: true), FileAccess.Read, bufferSize: 0), new SafeFileHandle(ends[1], ownsHandle: true));
    }
}
