using CommandLine;
using Strata.Cli.Images;
using Strata.Cli.Usage;

namespace Strata.Cli.Verbs;

[Verb("image ls", HelpText = "List the tags of a repository or image layout, or the images that were built here.")]
[Examples("strata image ls", "strata image ls registry.example/team/hello")]
public sealed record ImageListVerb : ImageVerb
{
    [Value(0, MetaName = "PLACE", HelpText = "HOST/REPOSITORY, or a directory with an image layout.")]
    public string? Place { get; init; }

    private protected override async Task<ExitCode> RunAsync(ImagePlaces places, CommandContext context, CancellationToken cancel)
    {
        var names = Place is null ? places.AllBuilt(cancel) : await places.Find(Place, cancel).Store.TagsAsync(cancel);
        foreach (var name in names) context.Output.WriteLine(name);
        return ExitCode.Success;
    }
}
