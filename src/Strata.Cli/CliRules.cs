using Strata.Core;

namespace Strata.Cli;

/// <summary>What the command line itself can say: codes STR1000 to STR1999.</summary>
public static class CliRules
{
    private static readonly Rule s_noWorkspace = new("STR1001", Severity.Error, "No workspace here");
    private static readonly Rule s_hostPackagesMissing = new("STR1002", Severity.Error, "Packages of the build machine are missing");
    private static readonly Rule s_unknownVerb = new("STR1004", Severity.Error, "Unknown command");
    private static readonly Rule s_unknownRecipe = new("STR1005", Severity.Error, "Unknown recipe");
    private static readonly Rule s_hostPackageChanged = new("STR1006", Severity.Error, "Package of the build machine changed during the build");
    private static readonly Rule s_badMirrors = new("STR1007", Severity.Error, "Mirror list cannot be read");

    private static readonly Rule s_stripFailed = new("STR1008", Severity.Error, "Stripping failed");

    private static readonly Rule s_noLimit = new("STR1009", Severity.Error, "Nothing says what to remove");

    private static readonly Rule s_unknownFormat = new("STR1041", Severity.Error, "Unknown format");
    private static readonly Rule s_keyNotRemembered = new("STR1042", Severity.Error, "Key not remembered");

    private static readonly Rule s_badSize = new("STR1031", Severity.Error, "Not a size");

    private static readonly Rule s_machineFixed = new("STR1037", Severity.Error, "Machine is not open to choice");

    private static readonly Rule s_noSuchBuild = new("STR1032", Severity.Error, "No such build");

    private static readonly Rule s_noLog = new("STR1033", Severity.Error, "No log");

    private static readonly Rule s_noRemotes = new("STR1021", Severity.Error, "No remote to send to");
    private static readonly Rule s_noArtifact = new("STR1022", Severity.Error, "No such artifact");
    private static readonly Rule s_badRemotes = new("STR1020", Severity.Error, "Remotes cannot be used");

    private static readonly Rule s_notReproducible = new("STR1071", Severity.Error, "Not reproducible");

    private static readonly Rule s_environmentNotPinned = new("STR1073", Severity.Error, "Build environment without a digest");
    private static readonly Rule s_environmentUnusable = new("STR1074", Severity.Error, "Build environment cannot be used");
    private static readonly Rule s_notInEnvironment = new("STR1075", Severity.Error, "Packages are missing in the build environment");
    private static readonly Rule s_environmentTakesSandbox = new("STR1076", Severity.Error, "Build environment without sandboxes");

    private static readonly Rule s_checkTakesSandbox = new("STR1072", Severity.Error, "Check without sandboxes");

    private static readonly Rule s_unknownCode = new("STR1010", Severity.Error, "No page for this code");

    public static Diagnostic UnknownCode(string code, IEnumerable<string> known) =>
        s_unknownCode.At(default, $"there is no page about '{code}'", hint: Suggest.Nearest(code, known) is { } near ? $"did you mean {near}?" : "strata explain lists the pages about messages; variables and classes are known inside of a workspace");

    private static readonly Rule s_badAddress = new("STR1050", Severity.Error, "Unreadable address");
    private static readonly Rule s_cannotListen = new("STR1051", Severity.Error, "Address cannot be listened at");

    public static Diagnostic BadAddress(string text) =>
        s_badAddress.At(default, $"'{text}' is no address with a port", hint: "write numbers: --listen 127.0.0.1:5000, or [::1]:5000");

    public static Diagnostic CannotListen(string address, string reason) =>
        s_cannotListen.At(default, $"{address}: {reason}", hint: "choose another port, or one that is free: --listen 127.0.0.1:0");

    private static readonly Rule s_noEmulator = new("STR1030", Severity.Error, "Machine without an emulator");
    private static readonly Rule s_notBootable = new("STR1034", Severity.Error, "Image that cannot be booted");
    private static readonly Rule s_emulatorMissing = new("STR1035", Severity.Error, "Emulator is missing");
    private static readonly Rule s_badPort = new("STR1036", Severity.Error, "Unreadable port");

    /// <param name="files">How many entries differ.</param>
    /// <param name="before">Directory of the first artifact.</param>
    /// <param name="made">Directory of the second one.</param>
    public static Diagnostic NotReproducible(SourceSpan place, string task, int files, string before, string made) =>
        s_notReproducible.At(place, $"{task} made something else the second time: {files} {(files == 1 ? "file differs" : "files differ")}",
            hint: $"look for dates, random numbers, host names and the order of directories in what it wrote: diffoscope {before} {made}");

    public static Diagnostic EnvironmentNotPinned(string value) =>
        s_environmentNotPinned.At(default, $"BUILD_ENVIRONMENT is '{value}': nothing says which bytes that is",
            hint: "write BUILD_ENVIRONMENT = \"file:///PATH/root.tar.xz;sha256sum=HEX\" (sha256sum root.tar.xz prints it) or \"oci:HOST/IMAGE@sha256:HEX\" (strata image inspect HOST/IMAGE:TAG prints it)");

    public static Diagnostic EnvironmentUnusable(SourceSpan place, string address, string cause) =>
        s_environmentUnusable.At(place, $"the build environment {address} cannot be used: {cause}", hint: "correct BUILD_ENVIRONMENT, or remove it to use the packages of this machine");

    public static Diagnostic NotInEnvironment(SourceSpan place, string recipe, IEnumerable<string> names) =>
        s_notInEnvironment.At(place, $"{recipe} needs packages that the build environment does not have: {string.Join(' ', names)}",
            hint: $"install them in it ('apt-get install {string.Join(' ', names)}'), pack it again and change the digest in BUILD_ENVIRONMENT");

    public static Diagnostic EnvironmentTakesSandbox(string address) =>
        s_environmentTakesSandbox.At(default, $"without sandboxes, nothing can run in the build environment {address}", hint: "build without --unsandboxed, or without BUILD_ENVIRONMENT");

    public static Diagnostic CheckTakesSandbox() =>
        s_checkTakesSandbox.At(default, "without sandboxes, a second build in another place has other paths in what it makes", hint: "check on a machine that has sandboxes: without --unsandboxed and STRATA_UNSANDBOXED");

    public static Diagnostic NoWorkspace(string start) =>
        s_noWorkspace.At(default, $"neither {start} nor a directory above it has conf/bblayers.conf",
            hint: "go to the directory of your build, or name it: strata -C DIRECTORY …");

    public static Diagnostic HostPackagesMissing(SourceSpan place, string recipe, IReadOnlyCollection<string> names) =>
        s_hostPackagesMissing.At(place, $"{recipe} imports packages that are not installed on this machine: {string.Join(' ', names)}",
            hint: $"sudo apt-get install {string.Join(' ', names)}");

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

    public static Diagnostic NoLimit(string what, string example) =>
        s_noLimit.At(default, what, hint: $"for instance: {example}");

    public static Diagnostic UnknownFormat(string name, IEnumerable<string> known) =>
        s_unknownFormat.At(default, $"'{name}' is no format of graphs", hint: $"--format takes {string.Join(", ", known)}");

    /// <param name="task">The task whose key is looked for.</param>
    /// <param name="builds">Those that know it, latest first.</param>
    public static Diagnostic KeyNotRemembered(string task, IEnumerable<long> builds) =>
        s_keyNotRemembered.At(default, $"no such key of {task} is remembered",
            hint: string.Join(' ', builds.Order()) is { Length: > 0 } known ? $"builds that decided about it: {known}" : "a build keeps the keys of the tasks that it had to decide about");

    public static Diagnostic KeyNotOnRemotes(string task) =>
        s_keyNotRemembered.At(default, $"no remote can tell of a key of {task}",
            hint: "builds that write to a remote send the keys along: STRATA_REMOTES = \"…;rw\"");

    public static Diagnostic BadMirrors(string variable, string problem) =>
        s_badMirrors.At(default, $"{variable}: {problem}", hint: $"see where it is set: strata getvar --history {variable}");

    public static Diagnostic BadSize(string option, string text) =>
        s_badSize.At(default, $"'{text}' is not a size that {option} can take", hint: "write a number of bytes, or one with K, M, G or T, such as 6G");

    /// <param name="place">Where the configuration chooses.</param>
    public static Diagnostic MachineFixed(SourceSpan place, string wanted, string? chosen) =>
        s_machineFixed.At(place, $"the configuration insists on the machine '{chosen}', so it cannot be built for '{wanted}'", hint: "leave the choice open: MACHINE ?= instead of MACHINE =");

    public static Diagnostic NoSuchBuild(long? build) =>
        s_noSuchBuild.At(default, build is null ? "nothing was built here yet" : $"the history has no build {build}",
            hint: build is null ? "strata build TARGET" : "strata history lists the builds");

    public static Diagnostic NoLog(string task, long? build, string? near) =>
        s_noLog.At(default, $"there is no log of {task}{(build is null ? "" : $" in build {build}")}: it did not run, wrote nothing, or its log is gone",
            hint: near is null ? "strata history BUILD lists the tasks that ran" : $"did you mean 'strata log {near}'?");

    public static Diagnostic NoRemotes() =>
        s_noRemotes.At(default, "no address in STRATA_REMOTES may be written to", hint: "for instance in conf/local.conf: STRATA_REMOTES = \"https://cache.example/strata;rw\"");

    public static Diagnostic NoRemoteToAsk() =>
        s_noRemotes.At(default, "STRATA_REMOTES names no remote", hint: "for instance in conf/local.conf: STRATA_REMOTES = \"https://cache.example/strata\"");

    public static Diagnostic NoArtifact(string name, IEnumerable<string> known) =>
        s_noArtifact.At(default, $"nothing in the store is called '{name}'",
            hint: Suggest.Nearest(name, known) is { } near ? $"did you mean '{near}'?" : "'strata cache ls' lists what is there");

    public static Diagnostic BadRemotes(string variable, string problem) =>
        s_badRemotes.At(default, $"{variable}: {problem}", hint: "for instance: STRATA_REMOTES = \"https://cache.example/strata oci://registry.example/team/cache;rw\"");

    public static Diagnostic NoEmulator(string machine) =>
        s_noEmulator.At(default, $"no emulator is known for the machine '{machine}'",
            hint: "choose another one, for instance MACHINE=qemuarm64 strata run …, or set QB_SYSTEM_NAME in the machine's configuration");

    public static Diagnostic NotBootable(SourceSpan place, string image) =>
        s_notBootable.At(place, $"{image} is not made as a disk to boot from", hint: "add a form to it: IMAGE_FSTYPES:append = \" ext4\"; or, where it is a disk (wic), say which partition: QB_KERNEL_ROOT = \"PARTLABEL=root\"");

    public static Diagnostic EmulatorMissing(string program) =>
        s_emulatorMissing.At(default, $"{program} is not installed on this machine",
            hint: $"sudo apt-get install {program switch { "qemu-system-x86_64" => "qemu-system-x86", "qemu-system-riscv64" => "qemu-system-misc", _ => "qemu-system-arm" }}");

    public static Diagnostic BadPort(string text) =>
        s_badPort.At(default, $"'{text}' is no pair of ports", hint: "write the build machine's port and the guest's: --publish 2222:22");
}
