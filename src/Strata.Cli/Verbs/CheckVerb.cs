using CommandLine;
using Strata.Cli.Terminal;
using Strata.Cli.Usage;
using Strata.Core;

namespace Strata.Cli.Verbs;

[Verb("check", HelpText = "Read all metadata and report everything that is wrong with it, each warning in its place.")]
[Examples("strata check", "strata check --json")]
public sealed record CheckVerb : WorkspaceVerb
{
    [Option("json", HelpText = "One JSON object a line: code, severity, file, line, column, message, hint, related.")]
    public bool Json { get; init; }

    protected override Task<ExitCode> RunAsync(Workspace workspace, CommandContext context, CancellationToken cancel)
    {
        var events = new EventStream();
        using var console = Json ? Subscribed(events, new DiagnosticLines(context.Output)) : Console(context, events, printsData: false);
        var metadata = new Session(workspace, context.Environment, events) { ListsAll = true }.Load(cancel);
        if (metadata is not null && !Json) context.Output.WriteLine($"{metadata.Recipes.Length} recipes of {metadata.Layers.Length} layers are fine.");
        return Task.FromResult(metadata is null ? ExitCode.BadMetadata : ExitCode.Success);
    }
}
