using CommandLine;
using Strata.Cli.Usage;
using Strata.Compliance;
using Strata.Core;

namespace Strata.Cli.Verbs;

[Verb("license diff", HelpText = "Say what differs between two images by their SBOMs: packages, versions, licences, files, sources.")]
[Examples("strata license diff old/image.spdx-2.3.json new/image.spdx-2.3.json", "strata license diff old/image.oci new/image.oci --json")]
public sealed record LicenseDiffVerb : VerbOptions, IVerb
{
    [Value(0, MetaName = "BEFORE", Required = true, HelpText = "An SBOM (SPDX 2.3, SPDX 3.0.1 or CycloneDX 1.6 in JSON), or an image that has one beside it.")]
    public string Before { get; init; } = "";

    [Value(1, MetaName = "AFTER", Required = true, HelpText = "Likewise.")]
    public string After { get; init; } = "";

    [Option("json", HelpText = "JSON instead of text.")]
    public bool Json { get; init; }

    public Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancel)
    {
        var place = Path.GetFullPath(Directory ?? ".", context.CurrentDirectory);
        var diagnostics = new Diagnostics();
        var (before, after) = (Read(Before), Read(After));
        foreach (var problem in diagnostics.Sorted()) context.Error.WriteLine(problem);
        if (before is null || after is null) return Task.FromResult(ExitCode.Usage);

        var comparison = StatementComparison.Of(before, after);
        context.Output.Write(Json ? comparison.Json() : comparison.Text());
        return Task.FromResult(ExitCode.Success);

        StatedImage? Read(string argument)
        {
            var path = Path.GetFullPath(argument, place);
            var statement = path.EndsWith(".json", StringComparison.Ordinal) ? path : StatementPlaces.Find(path, diagnostics);
            return statement is null ? null : StatementReader.Read(statement, diagnostics);
        }
    }
}
