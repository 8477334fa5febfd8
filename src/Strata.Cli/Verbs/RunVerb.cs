using CommandLine;
using Strata.Cli.Emulation;
using Strata.Cli.Usage;
using Strata.Core;
using Strata.Metadata;

namespace Strata.Cli.Verbs;

[Verb("run", HelpText = "Build an image with a kernel and boot it in an emulator, with its console here (Ctrl-A X ends it).")]
[Examples("strata run target-image", "MACHINE=qemux86-64 strata run target-image --snapshot --publish 2222:22")]
public sealed record RunVerb : WorkspaceVerb
{
    private const string KernelTarget = "virtual/kernel";

    [Value(0, MetaName = "IMAGE", Required = true, HelpText = "For instance target-image. Its IMAGE_FSTYPES must contain ext4, or wic with QB_KERNEL_ROOT.")]
    public string Image { get; init; } = "";

    [Option('p', "publish", MetaValue = "HOST:GUEST", HelpText = "Make a port of the guest reachable on 127.0.0.1, for instance 2222:22; may be repeated.")]
    public IEnumerable<string> Publish { get; init; } = [];

    [Option("snapshot", HelpText = "Forget what the guest writes. Otherwise it keeps a disk of its own, until the image changes.")]
    public bool Snapshot { get; init; }

    [Option('j', "jobs", MetaValue = "N", HelpText = "Run at most N tasks and compilers at once (default: all cores).")]
    public int? Jobs { get; init; }

    protected override async Task<ExitCode> RunAsync(Workspace workspace, CommandContext context, CancellationToken cancel)
    {
        var ports = Publish.Select(p => (Text: p, Port: PublishedPort.Parse(p))).ToArray();
        if (ports.FirstOrDefault(p => p.Port is null).Text is { } unreadable) return Refuse(context, CliRules.BadPort(unreadable), ExitCode.Usage);

        var session = new Session(workspace, context.Environment, new EventStream());
        // Without metadata the build below says why.
        if (session.Load(cancel) is { } metadata && Obstacle(metadata) is { } obstacle) return Refuse(context, obstacle, ExitCode.BadMetadata);
        var build = new BuildVerb { Targets = [Image, KernelTarget], Jobs = Jobs, Directory = Directory, Verbose = Verbose };
        var built = await build.RunAsync(context, cancel);
        if (built != ExitCode.Success || session.Load(cancel) is not { } fresh) return built;

        var variables = Recipe(fresh)!.Variables;
        var places = Places.Of(fresh.Configuration, workspace);
        var images = Path.Combine(places.Deploy, "images", variables.Get("MACHINE")!);
        var deployed = Path.Combine(images, $"{variables.Get("IMAGE_NAME")}.{FormOfDisk(variables)}");
        var disk = Snapshot ? deployed : OwnDisk(deployed, places);
        var kernel = Path.Combine(images, variables.Get("KERNEL_IMAGETYPE")!);
        var emulator = Emulator.Of(variables)!;
        return await StartAsync(emulator, emulator.CommandLine(kernel, disk, ports.Select(p => p.Port!.Value), Snapshot), context, cancel);
    }

    /// <summary>Why this image cannot be booted, or null.</summary>
    private Diagnostic? Obstacle(LoadedMetadata metadata)
    {
        if (Recipe(metadata) is not { } recipe) return CliRules.UnknownRecipe(Image, metadata.Recipes.Select(r => r.Name));
        if (Emulator.Of(recipe.Variables) is null) return CliRules.NoEmulator(metadata.Configuration.Get("MACHINE") ?? "");
        return FormOfDisk(recipe.Variables) is not null ? null : CliRules.NotBootable(new(recipe.File), Image);
    }

    /// <summary>A disk with partitions boots when somebody says which one has the root file system.</summary>
    private static string? FormOfDisk(Datastore variables)
    {
        var forms = Words.Of(variables.Get("IMAGE_FSTYPES"));
        return forms.Contains("ext4") ? "ext4" : forms.Contains("wic") && variables.Get("QB_KERNEL_ROOT") is { Length: > 0 } ? "wic" : null;
    }

    private Recipe? Recipe(LoadedMetadata metadata) => metadata.Recipes.FirstOrDefault(r => r.Name == Image);

    /// <summary>A copy that the guest may write to; what a build has deployed is never changed.</summary>
    private static string OwnDisk(string deployed, Places places)
    {
        var disk = Path.Combine(places.Temp, "run", Path.GetFileName(deployed));
        if (File.Exists(disk) && File.GetLastWriteTimeUtc(disk) > File.GetLastWriteTimeUtc(deployed)) return disk;
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(disk)!);
        File.Copy(deployed, disk, overwrite: true);
        File.SetUnixFileMode(disk, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetLastWriteTimeUtc(disk, Clock.Now.UtcDateTime);
        return disk;
    }

    private static async Task<ExitCode> StartAsync(Emulator emulator, IEnumerable<string> command, CommandContext context, CancellationToken cancel)
    {
        try
        {
            var outcome = await ProcessRunner.RunAsync(new() { Command = [.. command], SharesTerminal = true }, cancel);
            return outcome.Succeeded ? ExitCode.Success : ExitCode.BuildFailed;
        }
        catch (FileNotFoundException)
        {
            return Refuse(context, CliRules.EmulatorMissing(emulator.Program), ExitCode.BuildFailed);
        }
    }

    private static ExitCode Refuse(CommandContext context, Diagnostic diagnostic, ExitCode code)
    {
        context.Error.WriteLine(diagnostic);
        return code;
    }
}
