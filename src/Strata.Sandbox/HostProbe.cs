using System.Collections.Immutable;
using System.Globalization;
using Strata.Core;

namespace Strata.Sandbox;

/// <summary>Finds out what this host lacks to run sandboxes, by trying it rather than by reading versions.</summary>
public static class HostProbe
{
    private const long EnoughSpace = 5_000_000_000;
    private const long EnoughMemory = 2_000_000_000;

    /// <summary>Switches by which distributions forbid user namespaces to ordinary users: the forbidding value and the allowing command.</summary>
    private static readonly (string Name, string Forbids, string Command)[] s_switches =
    [
        ("kernel/unprivileged_userns_clone", "0", "sudo sysctl -w kernel.unprivileged_userns_clone=1"),
        ("user/max_user_namespaces", "0", "sudo sysctl -w user.max_user_namespaces=15000"),
        ("kernel/apparmor_restrict_unprivileged_userns", "1", "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"),
    ];

    /// <param name="directory">Where the build's files lie or will lie.</param>
    /// <param name="locale">Of the user: LC_ALL, or else LC_CTYPE, or else LANG.</param>
    /// <param name="cancel">Ends the probing processes.</param>
    public static async Task<ImmutableArray<HostCheck>> CheckAsync(string directory, string locale, CancellationToken cancel) =>
    [
        await UserNamespacesAsync("unshare", "/proc/sys", cancel),
        await OverlayAsync(directory, cancel),
        await ToolAsync("util-linux", ["unshare", "--version"], "util-linux", "every sandbox needs it", cancel),
        await ToolAsync("bubblewrap", ["bwrap", "--version"], "bubblewrap", "every sandbox needs it", cancel),
        await ToolAsync("git", ["git", "--version"], "git", "sources that are git repositories need it", cancel),
        DiskSpace(directory, new DriveInfo(Existing(directory)).AvailableFreeSpace),
        Memory(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes),
        FileNames(directory),
        Locale(locale),
    ];

    internal static async Task<HostCheck> UserNamespacesAsync(string unshare, string sysctl, CancellationToken cancel)
    {
        const string Name = "user namespaces";
        var (worked, said) = await TryAsync([unshare, "--user", "--map-root-user", "true"], null, cancel);
        if (worked) return new(Name, "User namespaces work.", null);
        if (said is null) return HostCheck.Bad(Name, SandboxRules.ToolMissing(unshare, "util-linux"));

        return HostCheck.Bad(Name, ForbiddingSwitch(sysctl) is { } found
            ? SandboxRules.NoUserNamespaces($"{found.Name.Replace('/', '.')} is {found.Forbids}", found.Command)
            : SandboxRules.NoUserNamespaces(said, null));
    }

    internal static HostCheck DiskSpace(string directory, long free) => free < EnoughSpace
        ? HostCheck.Bad("disk space", SandboxRules.LittleDiskSpace(directory, free))
        : new("disk space", string.Create(CultureInfo.InvariantCulture, $"{free / 1e9:0} GB are free in {directory}."), null);

    /// <param name="name">In the report.</param>
    /// <param name="command">Prints its version.</param>
    /// <param name="package">The distribution's package that has it.</param>
    /// <param name="purpose">A clause: “every sandbox needs it”.</param>
    internal static async Task<HostCheck> ToolAsync(string name, ImmutableArray<string> command, string package, string purpose, CancellationToken cancel)
    {
        var (worked, said) = await TryAsync(command, null, cancel);
        return worked
            ? new(name, $"{said!.Split('\n')[0]} is installed.", null)
            : HostCheck.Bad(name, SandboxRules.ToolMissing(command[0], package, purpose));
    }

    internal static HostCheck Memory(long bytes) => bytes < EnoughMemory
        ? HostCheck.Bad("memory", SandboxRules.LittleMemory(bytes))
        : new("memory", string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0} GB of memory can be used."), null);

    /// <summary>Whether two names that differ in case only are two files.</summary>
    private static HostCheck FileNames(string directory)
    {
        const string Name = "file names";
        var scratch = AtomicFile.ScratchName(Path.Combine(Existing(directory), ".strata-probe"));
        try
        {
            File.WriteAllText(scratch + "a", "");
            return File.Exists(scratch + "A")
                ? HostCheck.Bad(Name, SandboxRules.CaseDoesNotMatter(directory))
                : new(Name, "Capital and small letters are told apart in file names.", null);
        }
        catch (UnauthorizedAccessException e)
        {
            return HostCheck.Bad(Name, SandboxRules.NotWritable(directory, e.Message));
        }
        finally
        {
            File.Delete(scratch + "a");
        }
    }

    /// <summary>Tasks get a locale of their own; the host's matters to the terminal only.</summary>
    private static HostCheck Locale(string locale) => locale.EndsWith("UTF-8", StringComparison.OrdinalIgnoreCase) || locale.EndsWith("utf8", StringComparison.OrdinalIgnoreCase)
        ? new("locale", $"The locale is {locale}.", null)
        : HostCheck.Bad("locale", SandboxRules.NoUtf8(locale));

    private static async Task<HostCheck> OverlayAsync(string directory, CancellationToken cancel)
    {
        const string Name = "overlay mounts";
        var scratch = AtomicFile.ScratchName(Path.Combine(Existing(directory), ".strata-probe"));
        try
        {
            foreach (var name in new[] { "a", "b", "both" }) Directory.CreateDirectory(Path.Combine(scratch, name));
            var (worked, said) = await TryAsync(
                ["unshare", "--user", "--map-root-user", "--mount", "mount", "-n", "-t", "overlay", "-o", "lowerdir=a:b", "strata", "both"],
                scratch, cancel);
            if (worked) return new(Name, "Overlay mounts in a user namespace work.", null);

            // Ubuntu lets a restricted process make a user namespace, without any right in it.
            return HostCheck.Bad(Name, ForbiddingSwitch("/proc/sys") is { } found
                ? SandboxRules.NoUserNamespaces($"{found.Name.Replace('/', '.')} is {found.Forbids}", found.Command)
                : SandboxRules.NoOverlay(said ?? "'unshare' is not installed"));
        }
        catch (UnauthorizedAccessException e)
        {
            return HostCheck.Bad(Name, SandboxRules.NoOverlay(e.Message));
        }
        finally
        {
            FileTree.Delete(scratch);
        }
    }

    private static (string Name, string Forbids, string Command)? ForbiddingSwitch(string sysctl)
    {
        foreach (var each in s_switches)
        {
            var file = Path.Combine(sysctl, each.Name);
            if (File.Exists(file) && File.ReadAllText(file).Trim() == each.Forbids) return each;
        }
        return null;
    }

    private static string Existing(string directory)
    {
        var at = Path.GetFullPath(directory);
        while (!Directory.Exists(at)) at = Path.GetDirectoryName(at)!;
        return at;
    }

    private static async Task<(bool Worked, string? Said)> TryAsync(ImmutableArray<string> command, string? directory, CancellationToken cancel)
    {
        try
        {
            var outcome = await ProcessRunner.RunAsync(new() { Command = command, WorkingDirectory = directory }, cancel);
            return (outcome.Succeeded, (outcome.Output + outcome.Error).Trim());
        }
        catch (FileNotFoundException)
        {
            return (false, null);
        }
    }
}
