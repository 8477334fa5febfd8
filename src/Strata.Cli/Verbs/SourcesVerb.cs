using System.Collections.Immutable;
using CommandLine;
using Strata.Cli.Builtins;
using Strata.Core;
using Strata.Metadata;

namespace Strata.Cli.Verbs;

/// <summary>A command about the sources of many recipes: of those that targets need, or of all.</summary>
public abstract record SourcesVerb : WorkspaceVerb
{
    [Value(0, MetaName = "TARGET", HelpText = "Recipes or images; with everything that they need.")]
    public IEnumerable<string> Targets { get; init; } = [];

    protected override async Task<ExitCode> RunAsync(Workspace workspace, CommandContext context, CancellationToken cancel)
    {
        if (Refuse(context) is { } refused) return refused;
        var events = new EventStream();
        using var console = Console(context, events, printsData: false);
        var session = new Session(Configured(workspace), context.Environment, events) { IsTimeless = true };
        if (session.Load(cancel) is not { } metadata) return ExitCode.BadMetadata;
        if (RecipesOf(session, metadata, cancel) is not { } recipes) return ExitCode.BadMetadata;

        var diagnostics = new Diagnostics();
        using var sources = SourceTools.Open(workspace, metadata.Configuration, context.Environment, diagnostics);
        var code = diagnostics.HasErrors ? ExitCode.BadMetadata : await RunAsync(new(workspace, metadata, recipes, sources, events, diagnostics, context.CurrentDirectory), cancel);
        foreach (var diagnostic in diagnostics.Sorted()) events.Publish(new DiagnosticReported(diagnostic));
        return code is ExitCode.Success && diagnostics.HasErrors ? ExitCode.BuildFailed : code;
    }

    /// <summary>How a command ends that makes no sense, after saying so; else null.</summary>
    protected virtual ExitCode? Refuse(CommandContext context) => null;

    /// <summary>The workspace as the command wants to see it.</summary>
    protected virtual Workspace Configured(Workspace workspace) => workspace;

    protected abstract Task<ExitCode> RunAsync(SourceQuestion question, CancellationToken cancel);

    /// <summary>Ordered by name and file; without targets all that can be built.</summary>
    private ImmutableArray<Recipe>? RecipesOf(Session session, LoadedMetadata metadata, CancellationToken cancel)
    {
        var wanted = metadata.Recipes.Where(r => r.SkipReason is null);
        if (Targets.Any())
        {
            if (session.Resolve(metadata, Targets, cancel) is not { } graph) return null;
            var names = graph.Tasks.Select(t => t.RecipeName).ToHashSet(StringComparer.Ordinal);
            wanted = wanted.Where(r => names.Contains(r.Name));
        }
        return [.. wanted.Where(r => r.Tasks.Any(t => t.Name == "do_fetch")).OrderBy(r => r.Name, StringComparer.Ordinal).ThenBy(r => r.File, StringComparer.Ordinal)];
    }
}
