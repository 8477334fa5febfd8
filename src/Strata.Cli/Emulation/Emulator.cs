using System.Collections.Immutable;
using Strata.Metadata;

namespace Strata.Cli.Emulation;

/// <summary>What a machine's configuration says about its emulator, in the variables of Yocto's runqemu.</summary>
/// <param name="Program">QB_SYSTEM_NAME.</param>
/// <param name="Options">QB_MACHINE, QB_CPU, QB_MEM and QB_OPT_APPEND, as words.</param>
/// <param name="KernelArguments">The root file system (QB_KERNEL_ROOT, else the whole disk), and QB_KERNEL_CMDLINE_APPEND: where the console is.</param>
public sealed record Emulator(string Program, ImmutableArray<string> Options, string KernelArguments)
{
    /// <summary>Null for a machine that no emulator knows.</summary>
    public static Emulator? Of(Datastore variables) => variables.Get("QB_SYSTEM_NAME") is not { Length: > 0 } program ? null : new(
        program,
        [.. new[] { "QB_MACHINE", "QB_CPU", "QB_MEM", "QB_OPT_APPEND" }.SelectMany(name => Words.Of(variables.Get(name)))],
        $"root={(variables.Get("QB_KERNEL_ROOT") is { Length: > 0 } root ? root : "/dev/vda")} rw {variables.Get("QB_KERNEL_CMDLINE_APPEND")}");

    /// <summary>
    /// The command line that boots a kernel with a disk that has its root file system; the console is the caller's terminal. Pure.
    /// </summary>
    /// <param name="published">Ports of the build machine's loopback interface, each with the guest's that answers there.</param>
    /// <param name="forget">What the guest writes is gone when it ends, and the disk stays as it is.</param>
    public ImmutableArray<string> CommandLine(string kernel, string disk, IEnumerable<PublishedPort> published, bool forget) =>
    [
        Program, .. Options, "-nographic", "-no-reboot",
        "-kernel", kernel, "-append", KernelArguments,
        "-drive", $"file={disk},format=raw,if=virtio,snapshot={(forget ? "on" : "off")}",
        "-netdev", "user,id=net0" + string.Concat(published.Select(p => $",hostfwd=tcp:127.0.0.1:{p.Host}-:{p.Guest}")),
        "-device", "virtio-net-pci,netdev=net0",
        "-device", "virtio-rng-pci",
    ];
}
