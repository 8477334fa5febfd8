using CommandLine;
using Strata.Cli.Verbs;
using Strata.Fetch;

namespace Strata.Cli.Products;

/// <summary>A command that takes a product file.</summary>
public abstract record ProductVerb : VerbOptions, IVerb
{
    [Value(0, MetaName = "FILE", Required = true, HelpText = "Product file in kas's format; several, joined by colons, are merged.")]
    public string File { get; init; } = "";

    [Option("force", HelpText = "Discard changes in checkouts that are not committed.")]
    public bool Force { get; init; }

    protected virtual bool AsksUpstream => false;

    public async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancel)
    {
        try
        {
            return await RunAsync(Open(File, context), context, cancel);
        }
        catch (ProductException e)
        {
            foreach (var problem in e.Problems) context.Error.WriteLine(problem.ToStringWithSource());
            return ExitCode.BadMetadata;
        }
        catch (SourceException e)
        {
            context.Error.WriteLine(e.Problem);
            return ExitCode.BadMetadata;
        }
    }

    private protected abstract Task<ExitCode> RunAsync(ProductSession session, CommandContext context, CancellationToken cancel);

    private protected ProductSession Open(string file, CommandContext context) => Open(ProductFiles.Of(file, context.CurrentDirectory), context);

    private protected ProductSession Open(ProductFiles files, CommandContext context) =>
        new(files, ProductPlaces.Of(files, Directory, context), new(AsksUpstream, Force), context);
}
