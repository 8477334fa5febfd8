using CommandLine;
using Strata.Cli.Usage;

namespace Strata.Cli.Products;

[Verb("product update", HelpText = "Check out where branches and tags are at upstream now; a lock file that is there is written anew.")]
[Examples("strata product update product.yml")]
public sealed record ProductUpdateVerb : ProductVerb
{
    protected override bool AsksUpstream => true;

    private protected override async Task<ExitCode> RunAsync(ProductSession session, CommandContext context, CancellationToken cancel)
    {
        var fresh = Open(session.Files with { IgnoreLock = true }, context);
        var (product, _) = await fresh.OpenAsync(cancel);
        var resolved = await fresh.CheckOutAsync(product, cancel);
        if (System.IO.File.Exists(session.Files.LockFile)) await session.WriteLockAsync(resolved, cancel);
        foreach (var one in resolved.Where(r => r.Revision is not null)) context.Output.Write($"{one.Repository.Key} {one.Revision}\n");
        return ExitCode.Success;
    }
}
