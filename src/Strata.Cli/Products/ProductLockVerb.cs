using CommandLine;
using Strata.Cli.Usage;

namespace Strata.Cli.Products;

[Verb("product lock", HelpText = "Write FILE's lock file: the commits that branches and tags of the product stand for.")]
[Examples("strata product lock product.yml   # writes product.lock.yml, which is read from then on")]
public sealed record ProductLockVerb : ProductVerb
{
    private protected override async Task<ExitCode> RunAsync(ProductSession session, CommandContext context, CancellationToken cancel)
    {
        var (product, _) = await session.OpenAsync(cancel);
        await session.WriteLockAsync(await session.CheckOutAsync(product, cancel), cancel);
        context.Output.Write($"wrote {session.Files.LockFile}\n");
        return ExitCode.Success;
    }
}
