using System.Collections.Immutable;
using System.Reflection;
using CommandLine;
using Strata.Cache;
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

[Verb("explain", HelpText = "Say what a message code such as STR2004 means and what to do.")]
[Examples("strata explain STR2004")]
public sealed record ExplainVerb : IVerb
{
    /// <summary>What can report something, in the order of the pipeline.</summary>
    internal static ImmutableArray<Assembly> Stages { get; } =
    [
        typeof(CliRules).Assembly, typeof(MetadataRules).Assembly, typeof(GraphRules).Assembly, typeof(FetchRules).Assembly, typeof(SandboxRules).Assembly,
        typeof(ExecutionRules).Assembly, typeof(PackagingRules).Assembly, typeof(ComplianceRules).Assembly, typeof(CacheRules).Assembly,
    ];

    internal static RulePages Pages { get; } = new(Stages);

    [Value(0, MetaName = "CODE", HelpText = "The code; without one, all pages are listed.")]
    public string? Code { get; init; }

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
            context.Error.WriteLine(CliRules.UnknownCode(Code, Pages.Codes));
            return Task.FromResult(ExitCode.Usage);
        }
        context.Output.Write(page);
        return Task.FromResult(ExitCode.Success);
    }
}
