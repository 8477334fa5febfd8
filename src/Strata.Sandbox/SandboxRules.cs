using System.Globalization;
using Strata.Core;

namespace Strata.Sandbox;

/// <summary>Everything Strata can say about sandboxes and the host they run on: codes STR5000 to STR5099, one method each.</summary>
public static class SandboxRules
{
    private static readonly Rule s_userNamespaces = new("STR5001", Severity.Error, "User namespaces are not available");
    private static readonly Rule s_overlay = new("STR5002", Severity.Warning, "Overlay mounts are not available");
    private static readonly Rule s_toolMissing = new("STR5003", Severity.Error, "A tool of the sandbox is missing");
    private static readonly Rule s_diskSpace = new("STR5004", Severity.Warning, "Little disk space");
    private static readonly Rule s_notSetUp = new("STR5005", Severity.Error, "Sandbox could not be set up");
    private static readonly Rule s_commandMissing = new("STR5006", Severity.Error, "Command not found in the sandbox");
    private static readonly Rule s_memory = new("STR5007", Severity.Warning, "Little memory");
    private static readonly Rule s_fileNames = new("STR5008", Severity.Error, "File system does not tell capital letters apart");
    private static readonly Rule s_notWritable = new("STR5009", Severity.Error, "Directory of the build cannot be written");
    private static readonly Rule s_locale = new("STR5010", Severity.Warning, "Locale without UTF-8");
    private static readonly Rule s_unsandboxed = new("STR5011", Severity.Warning, "Building without sandboxes");
    private static readonly Rule s_fixedPath = new("STR5012", Severity.Error, "Path that only a sandbox has");
    private static readonly Rule s_inUse = new("STR5013", Severity.Error, "Another build without sandboxes is running");

    /// <param name="root">Where everything that such builds make is kept.</param>
    public static Diagnostic Unsandboxed(string root) =>
        s_unsandboxed.At(default, $"tasks run without sandboxes: they see this machine, its network and each other, one at a time; what they make stays in {root}, is sent to no remote and used by no other build",
            "for results that are the same everywhere, build without --unsandboxed and STRATA_UNSANDBOXED; 'strata doctor' says what that takes");

    public static Diagnostic FixedPath(string target, string root) =>
        s_fixedPath.At(default, $"an input of the task is to be seen at {target}, which takes a sandbox", $"name a place below ${{UNSANDBOXED_ROOT}} ({root}) with the override 'unsandboxed', as conf/unsandboxed.inc does");

    public static Diagnostic UnsandboxedInUse(string root) =>
        s_inUse.At(default, $"another build without sandboxes uses {root}", "wait until it has ended: without sandboxes, the sysroots of two builds would be at the same place");

    /// <param name="cause">What the host says, or which switch forbids it.</param>
    /// <param name="command">What to type to allow it; null when only another host or container setting helps.</param>
    public static Diagnostic NoUserNamespaces(string cause, string? command) =>
        s_userNamespaces.At(default, $"this host does not let Strata make user namespaces: {cause}",
            command is null
                ? "inside a container, start it with a seccomp profile that allows unshare and mount (for instance --security-opt seccomp=unconfined); where nothing helps, build without isolation: strata build --unsandboxed"
                : $"type: {command} (without root: strata build --unsandboxed, which isolates nothing)");

    public static Diagnostic NoOverlay(string cause) =>
        s_overlay.At(default, $"this host does not let Strata mount overlays in a user namespace: {cause}",
            "builds work, but every sandbox is filled with hard links, which takes longer; for overlays, use Linux 5.11 or newer, and type 'sudo modprobe overlay' if the module is not loaded");

    /// <param name="purpose">A clause: “every sandbox needs it”.</param>
    public static Diagnostic ToolMissing(string tool, string package, string purpose = "every sandbox needs it") =>
        s_toolMissing.At(default, $"'{tool}' is not installed, and {purpose}", $"type: sudo apt-get install {package}");

    public static Diagnostic LittleDiskSpace(string directory, long free) =>
        s_diskSpace.At(default, string.Create(CultureInfo.InvariantCulture, $"only {free / 1e9:0.0} GB are free in {directory}"),
            "a build of an image takes several gigabytes; free some space with 'strata cache gc' or set TMPDIR to a larger disk");

    public static Diagnostic LittleMemory(long bytes) =>
        s_memory.At(default, string.Create(CultureInfo.InvariantCulture, $"this machine has only {bytes / 1e9:0.0} GB of memory"), "large compilations may be killed: build with -j 1, or add swap space");

    public static Diagnostic CaseDoesNotMatter(string directory) =>
        s_fileNames.At(default, $"in {directory}, names that differ in capital letters only are the same file", "set TMPDIR and SSTATE_DIR in conf/local.conf to directories on a file system such as ext4");

    public static Diagnostic NotWritable(string directory, string cause) =>
        s_notWritable.At(default, $"nothing can be written in {directory}: {cause}", "build as the user to whom the workspace belongs, or set TMPDIR in conf/local.conf");

    public static Diagnostic NoUtf8(string locale) =>
        s_locale.At(default, $"the locale is '{locale}': file names beyond ASCII may be shown wrongly (what is built does not depend on it)", "type: export LANG=C.UTF-8");

    public static Diagnostic NotSetUp(string cause) =>
        s_notSetUp.At(default, $"the sandbox could not be set up: {cause}", "type 'strata doctor' to see what this host lacks");

    public static Diagnostic CommandMissing(string command) =>
        s_commandMissing.At(default, $"there is no '{command}' in the sandbox",
            "add the recipe that installs it to DEPENDS, as a native recipe or toolchain with [mount] = \"/\"");
}
