using System.Collections.Immutable;
using System.Reflection;
using CommandLine;
using Strata.Cache;
using Strata.Cli.Documentation;
using Strata.Cli.Usage;
using Strata.Compliance;
using Strata.Core;
using Strata.Execution;
using Strata.Fetch;
using Strata.Graph;
using Strata.Metadata;
using Strata.Packaging;
using Strata.Sandbox;

namespace Strata.Cli.Verbs;

[Verb("explain", HelpText = "Say what a message code such as STR2004 means and what to do, or what a variable or a class is for.")]
[Examples("strata explain STR2004", "strata explain IMAGE_INSTALL", "strata explain class:image")]
public sealed record ExplainVerb : VerbOptions, IVerb
{
    /// <summary>What can report something, in the order of the pipeline.</summary>
    internal static ImmutableArray<Assembly> Stages { get; } =
    [
        typeof(CliRules).Assembly, typeof(MetadataRules).Assembly, typeof(GraphRules).Assembly, typeof(FetchRules).Assembly, typeof(SandboxRules).Assembly,
        typeof(ExecutionRules).Assembly, typeof(PackagingRules).Assembly, typeof(ComplianceRules).Assembly, typeof(CacheRules).Assembly,
    ];

    internal static RulePages Pages { get; } = new(Stages);

    [Value(0, MetaName = "CODE", HelpText = "The code, a variable, or class:NAME; without one, all pages about messages are listed.")]
    public string? Code { get; init; }

    private const string ClassPrefix = "class:";

    public Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancel)
    {
        if (Code is null)
        {
            foreach (var code in Pages.Codes) context.Output.WriteLine(Pages.Find(code)!.Split('\n')[0].TrimStart('#', ' '));
            return Task.FromResult(ExitCode.Success);
        }
        var wanted = Code.ToUpperInvariant();
        if (Pages.Find(wanted) is not { } page)
        {
            var layers = LayersOf(context, cancel);
            if (Code.StartsWith(ClassPrefix, StringComparison.Ordinal) && layers.FindClass(Code[ClassPrefix.Length..]) is { } text) return Print(context, text);
            if (layers.Variables.TryGetValue(Code, out var purpose)) return Print(context, $"{Code}\n\n{purpose}\n\nIts value, and which file gave it: strata getvar {Code} --history\n");
            context.Error.WriteLine(CliRules.UnknownCode(Code, [.. Pages.Codes, .. layers.Variables.Keys, .. layers.Classes.Select(c => ClassPrefix + c)]));
            return Task.FromResult(ExitCode.Usage);
        }
        return Print(context, page);
    }

    private static Task<ExitCode> Print(CommandContext context, string text)
    {
        context.Output.Write(text);
        return Task.FromResult(ExitCode.Success);
    }

    /// <summary>Of the workspace; none where there is no workspace, or none that can be read.</summary>
    private LayerPages LayersOf(CommandContext context, CancellationToken cancel)
    {
        if (Workspace.Find(Path.GetFullPath(Directory ?? ".", context.CurrentDirectory), context.Environment) is not { } workspace) return new([]);
        var configuration = new Session(workspace, context.Environment, new()).LoadConfiguration(cancel);
        return new([.. (configuration?.Get("BBPATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)]);
    }
}
