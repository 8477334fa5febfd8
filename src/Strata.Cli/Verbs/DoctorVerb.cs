using CommandLine;
using Strata.Cli.Answers;
using Strata.Cli.Usage;
using Strata.Core;
using Strata.Sandbox;

namespace Strata.Cli.Verbs;

[Verb("doctor", HelpText = "Check this machine for what a build needs.")]
[Examples("strata doctor", "strata doctor --missing-packages target-image", "strata doctor --json")]
public sealed record DoctorVerb : WorkspaceVerb
{
    [Value(0, MetaName = "TARGET", HelpText = "What is to be built (default: every recipe).")]
    public IEnumerable<string> Targets { get; init; } = [];

    [Option("missing-packages", HelpText = "Only print the names of the distribution's packages that recipes ask for and that are missing.")]
    public bool MissingPackages { get; init; }

    [Option("json", HelpText = "Print all checks for programs: name, result, finding, code, hint.")]
    public bool Json { get; init; }

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
        var checks = await HostProbe.CheckAsync(Places.Of(metadata.Configuration, workspace).Temp, Locale(context), cancel);
        checks = checks.Add(missing.Length == 0
            ? new("imported packages", "All packages that recipes import are installed.", null)
            : HostCheck.Bad("imported packages", CliRules.HostPackagesMissing(default, "the workspace", missing)));
        if (Json) context.Output.Write(AnswerJson.Text([.. checks.Select(HostAnswer.Of)], AnswerJson.Readable.ImmutableArrayHostAnswer));
        else foreach (var check in checks) context.Output.WriteLine(check.Problem is { } problem ? problem.ToString() : check.Finding);
        return checks.Any(c => c.Problem is { Severity: Severity.Error }) ? ExitCode.BuildFailed : ExitCode.Success;
    }

    private static string Locale(CommandContext context) =>
        new[] { "LC_ALL", "LC_CTYPE", "LANG" }.Select(v => context.Environment.GetValueOrDefault(v)).FirstOrDefault(v => v is { Length: > 0 }) ?? "C";
}
