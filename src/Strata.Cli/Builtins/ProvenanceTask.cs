using Strata.Cli.Licenses;
using Strata.Compliance;
using Strata.Core;
using Strata.Execution;

namespace Strata.Cli.Builtins;

/// <summary>do_provenance: how the image came to be, as an in-toto statement about it.</summary>
internal static class ProvenanceTask
{
    public static Task RunAsync(BuiltinContext context, CancellationToken cancel)
    {
        var request = new ProvenanceRequest
        {
            Subjects = [.. ImageIdentities.Of(context)],
            Builder = context.Text("PROVENANCE_BUILDER"),
            ToolVersion = typeof(ProvenanceTask).Assembly.GetName().Version!.ToString(3),
            Parameters = [("image", context.Text("PN")), .. context.Words("PROVENANCE_PARAMETERS").Select(name => (name, context.Text(name)))],
            Layers = LayerStates.Parse(context.Text(LayerStates.Variable)),
            LicenseArtifacts = [.. context.InputsOf("do_populate_lic").Select(i => i.Path)],
        };
        AtomicFile.Write(Path.Combine(context.ArtifactDirectory, context.Text("IMAGE_NAME") + ".provenance.json"), stream => ProvenanceWriter.Write(request, stream));
        return Task.CompletedTask;
    }
}
