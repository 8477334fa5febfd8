using System.Text;

namespace Strata.Cli.SourceBundles;

/// <summary><c>README</c> of a bundle: for somebody who has nothing but the bundle.</summary>
internal static class BundleReadme
{
    public static string Of(BundledImage image)
    {
        var text = new StringBuilder($"Sources of {image.Name} {image.Version}\n\n");
        text.Append("This belongs to the image with these digests, and to no other:\n\n");
        foreach (var (name, digest) in image.Digests) text.Append($"    {name}: {digest}\n");
        text.Append("""

            What is here
            ------------

            sources/    what upstream published, each file with the digest that the recipes pin; repositories below git/
            patches/    what the recipes change: for each recipe the patches and their order (series, as quilt reads it)
            layers/     recipes, classes and configuration: the scripts that control compilation and installation
            workspace/  the configuration of the build
            index.json  everything above by recipe, with licences, digests and the tools of the build machine
            SHA256SUMS  check with: sha256sum --check --quiet SHA256SUMS


            """);
        text.Append(image.IsComplete ? Rebuild(image) : LeftOut(image));
        text.Append($"\nThe build used Strata {image.ToolVersion} on {image.BuildMachine}");
        text.Append(image.BuildEnvironment.Length > 0
            ? $", with the tools of this root file system:\n\n    {image.BuildEnvironment}\n"
            : " with the packages that index.json lists under hostPackages.\nOther versions of the compiler can make other bytes of the same sources.\n");
        return text.ToString();
    }

    private static string Rebuild(BundledImage image) => $"""
        How to build the image again
        ----------------------------

            cd workspace
            strata build {image.Recipe}

        needs no network. The result lies in workspace/build/tmp/deploy; its digest is the one above.

        """;

    private static string LeftOut(BundledImage image) => $"""
        What is not here
        ----------------

        Only sources that a licence obliges to offer are here, with what they are built by. index.json lists the {image.LeftOut.Length} others
        of the build under leftOut, each with its licence and the reason. The image cannot be built from this bundle alone.

        """;
}
