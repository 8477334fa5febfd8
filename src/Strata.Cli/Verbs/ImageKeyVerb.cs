using CommandLine;
using Strata.Cli.Images;
using Strata.Cli.Usage;
using Strata.Packaging;

namespace Strata.Cli.Verbs;

[Verb("image key", HelpText = "Make a pair of keys for signing: NAME.key, under the password in STRATA_KEY_PASSWORD, and NAME.pub.")]
[Examples("strata image key release")]
public sealed record ImageKeyVerb : ImageVerb
{
    [Value(0, MetaName = "NAME", Required = true, HelpText = "Path without .key; existing files are never overwritten.")]
    public string Name { get; init; } = "";

    private protected override Task<ExitCode> RunAsync(ImagePlaces places, CommandContext context, CancellationToken cancel)
    {
        var path = places.Absolute(Name);
        SigningKey.Create(path, Password(context, $"{path}.key"));
        context.Output.WriteLine($"{path}.key\n{path}.pub");
        return Task.FromResult(ExitCode.Success);
    }
}
