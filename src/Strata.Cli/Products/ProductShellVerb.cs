using CommandLine;
using Strata.Cli.Usage;
using Strata.Core;

namespace Strata.Cli.Products;

[Verb("product shell", HelpText = "Check out a product and open a shell in its workspace, with its environment.")]
[Examples("strata product shell product.yml", "strata product shell product.yml -c 'strata layer list'")]
public sealed record ProductShellVerb : ProductVerb
{
    [Option('c', "command", MetaValue = "COMMAND", HelpText = "Run this and end.")]
    public string? Command { get; init; }

    private protected override async Task<ExitCode> RunAsync(ProductSession session, CommandContext context, CancellationToken cancel)
    {
        var (product, _) = await session.OpenAsync(cancel);
        await session.CheckOutAsync(product, cancel);
        var inside = ProductEnvironment.With(context, product);
        var spec = new ProcessSpec
        {
            Command = Command is null ? [inside.Environment.GetValueOrDefault("SHELL", "/bin/sh")] : ["/bin/sh", "-c", Command],
            WorkingDirectory = inside.CurrentDirectory,
            Environment = inside.Environment,
        };
        if (Command is null) return (await ProcessRunner.RunInteractiveAsync(spec)).Succeeded ? ExitCode.Success : ExitCode.BuildFailed;

        var outcome = await ProcessRunner.RunAsync(spec, cancel);
        await context.Output.WriteAsync(outcome.Output);
        await context.Error.WriteAsync(outcome.Error);
        return outcome.Succeeded ? ExitCode.Success : ExitCode.BuildFailed;
    }
}
