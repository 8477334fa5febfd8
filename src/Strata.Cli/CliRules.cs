using Strata.Core;

namespace Strata.Cli;

/// <summary>What the command line itself can say: codes STR1000 to STR1999.</summary>
public static class CliRules
{
    private static readonly Rule s_noWorkspace = new("STR1001", Severity.Error, "No workspace here");
    private static readonly Rule s_hostPackagesMissing = new("STR1002", Severity.Error, "Packages of the build machine are missing");
    private static readonly Rule s_unknownBuiltin = new("STR1003", Severity.Error, "Unknown built-in task");
    private static readonly Rule s_unknownVerb = new("STR1004", Severity.Error, "Unknown command");
    private static readonly Rule s_unknownRecipe = new("STR1005", Severity.Error, "Unknown recipe");
    private static readonly Rule s_hostPackageChanged = new("STR1006", Severity.Error, "Package of the build machine changed during the build");
    private static readonly Rule s_badMirrors = new("STR1007", Severity.Error, "Mirror list cannot be read");

    private static readonly Rule s_stripFailed = new("STR1008", Severity.Error, "Stripping failed");

    private static readonly Rule s_noLimit = new("STR1009", Severity.Error, "Nothing says what to remove");

    private static readonly Rule s_noEmulator = new("STR1030", Severity.Error, "Machine without an emulator");
    private static readonly Rule s_notBootable = new("STR1031", Severity.Error, "Image that cannot be booted");
    private static readonly Rule s_emulatorMissing = new("STR1032", Severity.Error, "Emulator is missing");
    private static readonly Rule s_badPort = new("STR1033", Severity.Error, "Unreadable port");

    public static Diagnostic NoWorkspace(string start) =>
        s_noWorkspace.At(default, $"neither {start} nor a directory above it has conf/bblayers.conf",
            hint: "go to the directory of your build, or name it: strata -C DIRECTORY …");

    public static Diagnostic HostPackagesMissing(SourceSpan place, string recipe, IReadOnlyCollection<string> names) =>
        s_hostPackagesMissing.At(place, $"{recipe} imports packages that are not installed on this machine: {string.Join(' ', names)}",
            hint: $"sudo apt-get install {string.Join(' ', names)}");

    public static Diagnostic UnknownBuiltin(SourceSpan place, string task, string name, IEnumerable<string> known) =>
        s_unknownBuiltin.At(place, $"{task} asks for the built-in task '{name}', which does not exist",
            hint: Suggest.Nearest(name, known) is { } near ? $"did you mean '{near}'?" : $"known are: {string.Join(' ', known)}");

    public static Diagnostic UnknownVerb(string name, IEnumerable<string> known) =>
        s_unknownVerb.At(default, $"'{name}' is no command of strata",
            hint: Suggest.Nearest(name, known) is { } near ? $"did you mean 'strata {near}'?" : "strata --help lists them");

    public static Diagnostic UnknownRecipe(string name, IEnumerable<string> known) =>
        s_unknownRecipe.At(default, $"no recipe is called '{name}'",
            hint: Suggest.Nearest(name, known) is { } near ? $"did you mean '{near}'?" : "add the layer that has it to BBLAYERS in conf/bblayers.conf");

    public static Diagnostic HostPackageChanged(SourceSpan place, string entry) =>
        s_hostPackageChanged.At(place, $"{entry} was installed when the build began and is not any more", hint: "start the build again");

    public static Diagnostic StripFailed(SourceSpan place, string program, int exitCode) =>
        s_stripFailed.At(place, $"{program} ended with exit code {exitCode}", hint: "see the log; INHIBIT_PACKAGE_STRIP = \"1\" leaves files as they are");

    public static Diagnostic NoLimit() =>
        s_noLimit.At(default, "cache gc needs a limit", hint: "for instance: strata cache gc --max-size 20000 --max-age 30");

    public static Diagnostic BadMirrors(string variable, string problem) =>
        s_badMirrors.At(default, $"{variable}: {problem}", hint: $"see where it is set: strata getvar --history {variable}");

    public static Diagnostic NoEmulator(string machine) =>
        s_noEmulator.At(default, $"no emulator is known for the machine '{machine}'",
            hint: "choose another one, for instance MACHINE=qemuarm64 strata run …, or set QB_SYSTEM_NAME in the machine's configuration");

    public static Diagnostic NotBootable(SourceSpan place, string image) =>
        s_notBootable.At(place, $"{image} is not made as a disk to boot from", hint: "add a form to it: IMAGE_FSTYPES:append = \" ext4\"");

    public static Diagnostic EmulatorMissing(string program) =>
        s_emulatorMissing.At(default, $"{program} is not installed on this machine",
            hint: $"sudo apt-get install {program switch { "qemu-system-x86_64" => "qemu-system-x86", "qemu-system-riscv64" => "qemu-system-misc", _ => "qemu-system-arm" }}");

    public static Diagnostic BadPort(string text) =>
        s_badPort.At(default, $"'{text}' is no pair of ports", hint: "write the build machine's port and the guest's: --publish 2222:22");
}
