using Strata.Cli;

namespace Strata.Tests.Cli;

/// <summary>What the licences of recipes allow, before anything runs.</summary>
public sealed class LicenseTests : IDisposable
{
    private readonly CliWorkspace _workspace = new();

    public LicenseTests()
    {
        _workspace.Write("meta-product/recipes-product/images/product-image.bb", """
            SUMMARY = "A product"
            inherit image
            IMAGE_INSTALL = "app-part"
            IMAGE_FSTYPES = "tar"

            """);
        _workspace.Write("meta-product/recipes-product/app/app_1.0.bb", """
            LICENSE = "MIT"
            LICENSE:app-extra = "GPL-3.0-only | AGPL-3.0-only"
            PACKAGES = "app-part app-extra app-unused"
            RDEPENDS:app-part = "virtual-extra"
            RPROVIDES:app-extra = "virtual-extra"
            LICENSE:app-unused = "SSPL-1.0"

            """);
    }

    public void Dispose() => _workspace.Dispose();

    private Task<CliRun> Build(string policy)
    {
        _workspace.Write("conf/local.conf", $"MACHINE ?= \"qemux86-64\"\nDISTRO ?= \"strata\"\n{policy}\n");
        return _workspace.Strata("build -n product-image");
    }

    [Fact]
    public async Task A_package_that_must_not_ship_stops_the_build_with_place_way_and_remedy()
    {
        var run = (await Build("INCOMPATIBLE_LICENSE = \"GPL-3.0* AGPL-3.0*\"")).EndsWith(ExitCode.BuildFailed);

        run.Prints("app_1.0.bb:2", "STR7030", "product-image → app-part → app-extra", "package=app-extra; license=GPL-3.0-only");
        Assert.DoesNotContain("do_rootfs", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INCOMPATIBLE_LICENSE = \"SSPL-1.0\"")]
    [InlineData("INCOMPATIBLE_LICENSE = \"GPL-3.0*\"")]
    [InlineData("INCOMPATIBLE_LICENSE:pn-other-image = \"MIT\"")]
    [InlineData("INCOMPATIBLE_LICENSE = \"*GPL-3.0*\"\nINCOMPATIBLE_LICENSE_EXCEPTIONS = \"app-extra:GPL-3.0-only\"")]
    [InlineData("LICENSE_REVIEW = \"category:permissive\"")]
    public async Task What_is_not_installed_can_be_chosen_or_is_excepted_stops_nothing(string policy) => (await Build(policy)).Succeeds();

    [Fact]
    public async Task An_exception_that_ended_stops_the_build()
    {
        (await Build("INCOMPATIBLE_LICENSE = \"MIT\"\nLICENSE_EXCEPTIONS = \"e\"\nLICENSE_EXCEPTION_e = \"package=*; license=MIT; reason=r; owner=o; expires=2001-01-01\""))
            .EndsWith(ExitCode.BuildFailed).Prints("STR7034", "e: r (o, until 2001-01-01)");
    }

    [Fact]
    public async Task A_flag_that_nobody_accepted_stops_the_build()
    {
        (await Build("LICENSE_FLAGS:pn-app = \"commercial\"\nLICENSE_FLAGS_DETAILS[commercial] = \"ask sales\"")).EndsWith(ExitCode.BuildFailed).Prints("STR7035", "ask sales", "\"commercial_app\"");
        (await Build("LICENSE_FLAGS:pn-app = \"commercial\"\nLICENSE_FLAGS_ACCEPTED = \"commercial\"")).Succeeds();
    }

    [Fact]
    public async Task An_audit_needs_no_workspace_and_refuses_a_policy_with_mistakes()
    {
        _workspace.Write("p.conf", "LICENSE_DENY = \"category:none\"\n");

        (await _workspace.Strata("license audit nothing.oci --policy p.conf")).EndsWith(ExitCode.BadMetadata).Complains("p.conf:1", "STR7033");
        (await _workspace.Strata("license audit nothing.oci --policy gone.conf")).EndsWith(ExitCode.BadMetadata).Complains("gone.conf");
        (await _workspace.Strata("license audit nothing.oci --json")).EndsWith(ExitCode.BuildFailed).Prints("STR7043");
        (await _workspace.Strata("license diff a.json b.json")).EndsWith(ExitCode.Usage).Complains("STR7044");
    }
}
