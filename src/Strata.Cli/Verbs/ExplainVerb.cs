using CommandLine;
using Strata.Cache;
using Strata.Cli.Usage;
using Strata.Core;
using Strata.Execution;
using Strata.Graph;
using Strata.Metadata;
using Strata.Sandbox;

namespace Strata.Cli.Verbs;

[Verb("explain", HelpText = "Say what a message code such as STR2004 means and what to do.")]
[Examples("strata explain STR2004")]
public sealed record ExplainVerb : IVerb
{
    private static readonly RulePages s_pages = new(
        typeof(LoadedMetadata).Assembly, typeof(GraphRules).Assembly, typeof(SandboxRules).Assembly, typeof(ExecutionRules).Assembly, typeof(CacheRules).Assembly);

    [Value(0, MetaName = "CODE", HelpText = "The code; without one, all pages are listed.")]
    public string? Code { get; init; }

    public Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancel)
    {
        if (Code is null)
        {
            foreach (var code in s_pages.Codes) context.Output.WriteLine(s_pages.Find(code)!.Split('\n')[0].TrimStart('#', ' '));
            return Task.FromResult(ExitCode.Success);
        }
        var wanted = Code.ToUpperInvariant();
        if (s_pages.Find(wanted) is not { } page)
        {
            context.Error.WriteLine(CliRules.UnknownCode(Code, s_pages.Codes));
            return Task.FromResult(ExitCode.Usage);
        }
        context.Output.Write(page);
        return Task.FromResult(ExitCode.Success);
    }
}
