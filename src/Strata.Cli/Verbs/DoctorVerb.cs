using CommandLine;
using Strata.Cli.Usage;
using Strata.Core;
using Strata.Sandbox;

namespace Strata.Cli.Verbs;

[Verb("doctor", HelpText = "Check this machine for what a build needs.")]
[Examples("strata doctor", "strata doctor --missing-packages target-image")]
public sealed record DoctorVerb : WorkspaceVerb
{
    [Value(0, MetaName = "TARGET", HelpText = "What is to be built (default: every recipe).")]
    public IEnumerable<string> Targets { get; init; } = [];

    [Option("missing-packages", HelpText = "Only print the names of the distribution's packages that recipes ask for and that are missing.")]
    public bool MissingPackages { get; init; }

    protected override async Task<ExitCode> RunAsync(Workspace workspace, CommandContext context, CancellationToken cancel)
    {
        var events = new EventStream();
        using var console = Console(context, events, printsData: true);
        var session = new Session(workspace, context.Environment, events);
        if (session.Load(cancel) is not { } metadata) return ExitCode.BadMetadata;

        if (session.MissingPackages(metadata, [.. Targets], cancel) is not { } missing) return ExitCode.BadMetadata;
        if (MissingPackages)
        {
            foreach (var name in missing) context.Output.WriteLine(name);
            return ExitCode.Success;
        }
        var checks = await HostProbe.CheckAsync(Places.Of(metadata.Configuration, workspace).Temp, cancel);
        foreach (var check in checks) context.Output.WriteLine(check.Problem is { } problem ? problem.ToString() : check.Finding);
        context.Output.WriteLine(missing.Length > 0
            ? CliRules.HostPackagesMissing(default, "the workspace", missing).ToString()
            : "All packages that recipes import are installed.");
        return checks.Any(c => c.Problem is { Severity: Severity.Error }) || missing.Length > 0 ? ExitCode.BuildFailed : ExitCode.Success;
    }
}
