using CommandLine;
using Strata.Cli.Usage;

namespace Strata.Cli.Products;

[Verb("product checkout", HelpText = "Check out the repositories of a product and write the conf/ of its workspace.")]
[Examples("strata product checkout product.yml", "strata product checkout product.yml:debug.yml")]
public sealed record ProductCheckoutVerb : ProductVerb
{
    private protected override async Task<ExitCode> RunAsync(ProductSession session, CommandContext context, CancellationToken cancel)
    {
        var (product, _) = await session.OpenAsync(cancel);
        await session.CheckOutAsync(product, cancel);
        context.Output.Write($"{product.Places.Build} is ready: strata -C {Path.GetRelativePath(context.CurrentDirectory, product.Places.Build)} build {string.Join(' ', product.BuildTargets)}\n");
        return ExitCode.Success;
    }
}
