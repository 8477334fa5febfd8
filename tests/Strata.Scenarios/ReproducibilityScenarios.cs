using System.Text.Json.Nodes;
using Strata.Core;

namespace Strata.Scenarios;

/// <summary>Same inputs, same bytes: whoever builds, and wherever.</summary>
public sealed class ReproducibilityScenarios(ITestOutputHelper output) : Scenario(output)
{
    private const string Nobody = "65534";
    private const string Images = "build/tmp/deploy/images/qemuarm64";

    [Fact]
    public async Task Two_users_in_two_directories_get_the_same_image_digest()
    {
        var mine = Workspace("");
        var theirs = Workspace("a/much/longer/place/for/a/build");
        if (Environment.UserName == "root") theirs = await OwnedByNobodyAsync(theirs);

        (await mine.Strata("build hello-image -j 1")).Succeeds();
        (await theirs.Strata("build hello-image")).Succeeds();

        Assert.Equal(ImageDigest(mine), ImageDigest(theirs));
        foreach (var form in new[] { "rootfs.tar.gz", "squashfs", "ext4" })
            Assert.Equal(Digest.OfFile(mine.PathOf($"{Images}/hello-image-qemuarm64.{form}")), Digest.OfFile(theirs.PathOf($"{Images}/hello-image-qemuarm64.{form}")));
    }

    private ScenarioWorkspace Workspace(string below)
    {
        var top = Path.Combine(TemporaryDirectory(), below);
        Directory.CreateDirectory(Path.Combine(top, "conf"));
        File.WriteAllText(Path.Combine(top, "conf/bblayers.conf"),
            $"BBPATH = \"${{TOPDIR}}\"\nBBFILES ?= \"\"\nBBLAYERS = \"{Checkout.Path("meta-core")} {Checkout.Path("meta-examples")}\"\n");
        File.WriteAllText(Path.Combine(top, "conf/local.conf"), "MACHINE ?= \"qemuarm64\"\nDISTRO ?= \"strata\"\nIMAGE_FSTYPES:forcevariable = \"oci tar squashfs ext4\"\n");
        return new(top, TestContext.Current.TestOutputHelper);
    }

    /// <summary>The same workspace, worked in by an ordinary user with another umask.</summary>
    private static async Task<ScenarioWorkspace> OwnedByNobodyAsync(ScenarioWorkspace workspace)
    {
        var root = new DirectoryInfo(workspace.Top);
        while (!root.Name.StartsWith("strata-scenario-", StringComparison.Ordinal)) root = root.Parent!;
        await Tool.RunAsync("chown", "-R", $"{Nobody}:{Nobody}", root.FullName);
        return new(workspace.Top, TestContext.Current.TestOutputHelper)
        {
            Prefix = ["setpriv", "--reuid", Nobody, "--regid", Nobody, "--clear-groups", "sh", "-c", "umask 077; exec \"$@\"", "sh"],
            Environment = { ["HOME"] = workspace.Top, ["USER"] = "nobody", ["LANG"] = "C" },
        };
    }

    private static string ImageDigest(ScenarioWorkspace workspace)
    {
        var index = workspace.PathOf($"{Images}/hello-image-qemuarm64.oci/index.json");
        return (string)JsonNode.Parse(File.ReadAllText(index))!["manifests"]![0]!["digest"]!;
    }
}
