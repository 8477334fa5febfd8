using CommandLine;
using Strata.Cli.Usage;
using Strata.Cli.Verbs;

namespace Strata.Cli.Products;

[Verb("product build", HelpText = "Check out a product and build its targets.")]
[Examples("strata product build product.yml", "strata product build -n product.yml   # only say what would run", "strata product build -m qemuarm64,qemux86-64 product.yml")]
public sealed record ProductBuildVerb : ProductVerb
{
    [Option('j', "jobs", MetaValue = "N", HelpText = "Run at most N tasks and compilers at once (default: all cores).")]
    public int? Jobs { get; init; }

    [Option('k', "keep-going", HelpText = "After a failure, go on with what does not depend on it.")]
    public bool KeepGoing { get; init; }

    [Option('n', "dry-run", HelpText = "Say what would run or be restored, and build nothing.")]
    public bool DryRun { get; init; }

    [Option('m', "machine", MetaValue = "A,B", HelpText = "Build for this machine, or for several in one build, instead of the product's.")]
    public string? Machine { get; init; }

    [Option("json", HelpText = "Print events for programs: one JSON object a line.")]
    public bool Json { get; init; }

    private protected override async Task<ExitCode> RunAsync(ProductSession session, CommandContext context, CancellationToken cancel)
    {
        var (product, _) = await session.OpenAsync(cancel);
        await session.CheckOutAsync(product, cancel);
        await session.UntilOlderAsync(cancel);
        var build = new BuildVerb { Targets = product.BuildTargets, Jobs = Jobs, KeepGoing = KeepGoing, DryRun = DryRun, Machine = Machine, Json = Json, Verbose = Verbose };
        return await build.RunAsync(ProductEnvironment.With(context, product), cancel);
    }
}
