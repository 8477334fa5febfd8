using Strata.Cli;
using Strata.Compliance;
using Strata.Core;
using Strata.Packaging;
using Strata.Tests.Cache;
using Strata.Tests.Cache.Remotes;
using Strata.Tests.Packaging;

namespace Strata.Tests.Cli;

/// <summary><c>strata image …</c> from built layouts to a real registry and back.</summary>
public sealed class ImageTests(CliWorkspace workspace) : IClassFixture<CliWorkspace>, IDisposable
{
    private static readonly (string, string) s_password = ("STRATA_KEY_PASSWORD", "a password");

    private readonly Scratch _scratch = new();
    private readonly TemporaryDirectory _server = new();

    public void Dispose()
    {
        _server.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public async Task An_image_is_pushed_signed_verified_pulled_and_compared()
    {
        await using var server = await RemoteServer.RegistryAsync(_server);
        var (images, remote) = (new ImageFixture(_scratch), $"127.0.0.1:{server.Port}/team/app");
        var image = await images.WriteAsync("app", LayerStrategy.Packages);
        await images.WriteAsync("edited", LayerStrategy.Single, edited: "c");
        _scratch.Write("sbom.json", "{}");

        (await workspace.Strata($"image push {_scratch["app"]} {remote}:v1")).Succeeds().Prints($"{remote}:v1@{image.Manifest}");
        (await workspace.Strata($"image push {_scratch["app"]} {remote}:v1")).Succeeds().Prints("(1 requests, 0.000 MB sent)");
        (await workspace.Strata($"image tag {remote}:v1 stable")).Succeeds();
        (await workspace.Strata($"image ls {remote}")).Succeeds().Prints("stable\nv1\n");
        (await workspace.Strata($"image key {_scratch["release"]}", s_password)).Succeeds();
        (await workspace.Strata($"image verify {remote}:v1 --key {_scratch["release.pub"]}")).EndsWith(ExitCode.BuildFailed).Complains("STR6204");
        (await workspace.Strata($"image sign {remote}:v1 --key {_scratch["release.key"]}")).EndsWith(ExitCode.BuildFailed).Complains("STR6203", "STRATA_KEY_PASSWORD");
        (await workspace.Strata($"image sign {remote}:v1 --key {_scratch["release.key"]}", s_password)).Succeeds();
        (await workspace.Strata($"image attach {remote}:v1 {_scratch["sbom.json"]} --type https://spdx.dev/Document --key {_scratch["release.key"]}", s_password)).Succeeds();
        (await workspace.Strata($"image attach {remote}:v1 {_scratch["sbom.json"]} --type application/spdx+json")).Succeeds();
        (await workspace.Strata($"image verify {remote}:v1 --key {_scratch["release.pub"]}")).Succeeds().Prints($"signed for {remote}@{image.Manifest}", "attested https://spdx.dev/Document");
        (await workspace.Strata($"image pull {remote}:v1 {_scratch["back"]}")).Succeeds();
        (await workspace.Strata($"image verify {_scratch["back"]} --key {_scratch["release.pub"]} --identity {remote}")).Succeeds();
        (await workspace.Strata($"image verify {_scratch["back"]} --key {_scratch["release.pub"]} --identity other.example/app")).EndsWith(ExitCode.BuildFailed).Complains("STR6204", remote);
        (await workspace.Strata($"image inspect {_scratch["back"]} --json")).Succeeds().Prints(image.Manifest.ToString(), "application/spdx+json");
        await images.WriteAsync("arm", LayerStrategy.Packages, architecture: "aarch64");
        (await workspace.Strata($"image index {_scratch["app"]} {_scratch["arm"]} -o {_scratch["both"]}:v1")).Succeeds();
        (await workspace.Strata($"image push {_scratch["both"]}:v1 {remote}:both")).Succeeds();
        (await workspace.Strata($"image inspect {remote}:both")).Succeeds().Prints("linux/amd64", "linux/arm64");
        (await workspace.Strata($"image diff {remote}:v1 {_scratch["edited"]}")).Succeeds().Prints("/usr/bin/c", "1 differences, 0.000 MB more");
    }

    [Theory]
    [InlineData(0, ExitCode.Success)]
    [InlineData(2, ExitCode.BuildFailed)]
    public async Task Provenance_beside_an_image_is_signed_with_it_and_says_what_it_was_made_from(int changed, ExitCode clean)
    {
        var image = await new ImageFixture(_scratch).WriteAsync("app.oci", LayerStrategy.Single);
        WriteProvenance(image.Manifest, changed);
        (await workspace.Strata($"image key {_scratch["release"]}", s_password)).Succeeds();
        (await workspace.Strata($"image sign {_scratch["app.oci"]} --key {_scratch["release.key"]} --identity example.org/app", s_password)).Succeeds().Prints("attested https://slsa.dev/provenance/v1");

        var verify = $"image verify {_scratch["app.oci"]} --key {_scratch["release.pub"]} --identity example.org/app";
        (await workspace.Strata(verify)).Succeeds().Prints("attested https://slsa.dev/provenance/v1", "built by urn:strata:builder:local", "from 2 sources", $"layer core {new string('c', 40)}");
        (await workspace.Strata($"{verify} --clean")).EndsWith(clean);
    }

    [Fact]
    public async Task Provenance_of_another_image_is_not_signed_and_without_any_an_image_is_not_clean()
    {
        await new ImageFixture(_scratch).WriteAsync("app.oci", LayerStrategy.Single);
        (await workspace.Strata($"image key {_scratch["release"]}", s_password)).Succeeds();
        (await workspace.Strata($"image sign {_scratch["app.oci"]} --key {_scratch["release.key"]} --identity example.org/app", s_password)).Succeeds();
        (await workspace.Strata($"image verify {_scratch["app.oci"]} --key {_scratch["release.pub"]} --identity example.org/app --clean")).EndsWith(ExitCode.BuildFailed).Complains("STR6213");

        WriteProvenance(Digest.Of("another image"), 0);
        (await workspace.Strata($"image sign {_scratch["app.oci"]} --key {_scratch["release.key"]} --identity example.org/app", s_password)).EndsWith(ExitCode.BuildFailed).Complains("STR6209");
    }

    private void WriteProvenance(Digest image, int changed)
    {
        Directory.CreateDirectory(_scratch["lic"]);
        new RecipeLicenses
        {
            Recipe = "app", Version = "1", License = "MIT", Sources = [new("https://example.org/app.tar.gz", Sha256: new('a', 64)), new("https://example.org/app.git", Revision: new('b', 40))],
        }.Write(_scratch["lic"]);
        AtomicFile.Write(_scratch["app.provenance.json"], stream => ProvenanceWriter.Write(new()
        {
            Subjects = [("OCI manifest", image)], Builder = "urn:strata:builder:local", ToolVersion = "1", Parameters = [("MACHINE", "x")], LicenseArtifacts = [_scratch["lic"]],
            Layers = [new("core", "https://example.org/layers", new('c', 40), changed)],
        }, stream));
    }

    [Fact]
    public async Task Sizes_trees_indexes_and_archives_need_no_registry()
    {
        var images = new ImageFixture(_scratch);
        await images.WriteAsync("x86", LayerStrategy.Packages, LayerCompression.Zstd);
        await images.WriteAsync("arm", LayerStrategy.Packages, architecture: "aarch64");

        (await workspace.Strata($"image size {_scratch["x86"]} --top 1")).Succeeds().Prints("compressed  h\n", "/usr/bin/h\n", "hidden        0.000 MB");
        (await workspace.Strata($"image tree {_scratch["x86"]}")).Succeeds().Prints("/usr/bin\n", "/etc/image\n");
        (await workspace.Strata($"image treemap {_scratch["x86"]} -o {_scratch["sizes.html"]}")).Succeeds().Prints("sizes.html");
        Assert.Contains("/usr/bin/h", File.ReadAllText(_scratch["sizes.html"]), StringComparison.Ordinal);
        (await workspace.Strata($"image index {_scratch["x86"]} {_scratch["arm"]} -o {_scratch["both"]}:v1")).Succeeds().Prints("both:v1@sha256:");
        (await workspace.Strata($"image inspect {_scratch["both"]}")).Succeeds().Prints("linux/amd64", "linux/arm64");
        (await workspace.Strata($"image export {_scratch["both"]} {_scratch["both.tar"]}")).Succeeds();
        Assert.NotEqual(default, Digest.OfFile(_scratch["both.tar"]));
        (await workspace.Strata($"image export {_scratch["both"]} {_scratch["docker.tar"]} --format docker")).EndsWith(ExitCode.BuildFailed).Complains("oci-archive");
        Assert.False(File.Exists(_scratch["docker.tar"]));
        (await workspace.Strata($"image export {_scratch["x86"]} {_scratch["x.tar"]} --format rpm")).EndsWith(ExitCode.BuildFailed).Complains("STR6207");
        (await workspace.Strata("image inspect no-such-image")).EndsWith(ExitCode.BuildFailed).Complains("STR6200");
        (await workspace.Strata($"image tree {_scratch["x86"]}:other")).EndsWith(ExitCode.BuildFailed).Complains("STR6202");
    }
}
