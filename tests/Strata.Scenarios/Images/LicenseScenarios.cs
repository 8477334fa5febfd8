using System.Text.Json.Nodes;

namespace Strata.Scenarios.Images;

/// <summary>hello-image under a licence policy, its reports, and an audit of it far from the workspace.</summary>
public sealed class LicenseScenarios(ITestOutputHelper output) : Scenario(output), IAsyncLifetime
{
    private const string Name = "hello-image-qemuarm64";

    private readonly ScenarioWorkspace _workspace = new(Checkout.Path("."), output) { Environment = { ["MACHINE"] = "qemuarm64" } };

    public async ValueTask InitializeAsync() => (await _workspace.Strata("build hello-image", TestContext.Current.CancellationToken)).Succeeds();

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Image(string suffix) => Checkout.Path($"build/tmp/deploy/images/qemuarm64/{Name}{suffix}");

    private static string Report(string file) => File.ReadAllText(Checkout.Path($"build/tmp/deploy/licenses/{Name}/{file}"));

    private Task<Run> BuildWith(string variable, string value, string image = "hello-image")
    {
        _workspace.Environment["BB_ENV_PASSTHROUGH_ADDITIONS"] = variable;
        _workspace.Environment[variable] = value;
        return _workspace.Strata($"build {image}", TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_package_that_the_image_names_is_refused_before_anything_runs()
    {
        var run = (await BuildWith("LICENSE_DENY", "hello:MIT")).FailsWith(1).Prints("hello_1.0.bb:5:1: error STR7030").Prints("hello-image → hello");

        Assert.Empty(run.RestoredTasks);
    }

    [Fact]
    public async Task A_library_that_a_program_turns_out_to_need_is_refused_when_the_image_is_made() =>
        (await BuildWith("LICENSE_DENY", "musl:MIT")).FailsWith(1).Prints($"{Name} → hello → musl").Prints("do without 'hello'");

    [Fact]
    public async Task A_static_program_is_under_the_terms_of_the_C_library_inside_of_it()
    {
        (await _workspace.Strata("build static-image", TestContext.Current.CancellationToken)).Succeeds();

        var manifest = File.ReadAllText(Checkout.Path("build/tmp/deploy/licenses/static-image-qemuarm64/license.manifest"));
        Assert.Matches("(?m)^LINKED: .*gcc 12 .*musl-staticdev 1\\.2\\.3-r0 \\(MIT\\)", manifest);
        Assert.True(Directory.Exists(Checkout.Path("build/tmp/deploy/licenses/static-image-qemuarm64/licenses/musl")));
        var statement = Checkout.Path("build/tmp/deploy/images/qemuarm64/static-image-qemuarm64.spdx.json");
        Assert.Contains("hasStaticLink", File.ReadAllText(statement), StringComparison.Ordinal);
        await SchemaCheck.ValidateAsync(statement, "spdx-3.0.1.json");

        (await BuildWith("LICENSE_DENY_STATIC", "hello-static:MIT", "static-image")).FailsWith(1)
            .Prints("static-image-qemuarm64 → hello-static → /usr/bin/hello → /usr/lib/libc.a → musl-staticdev → recipe musl");
    }

    [Fact]
    public void The_reports_name_the_image_that_registries_will_show()
    {
        var manifest = (string)JsonNode.Parse(File.ReadAllText(Image(".oci/index.json")))!["manifests"]![0]!["digest"]!;

        Assert.All(["NOTICE.txt", "NOTICE.html", "license-report.html", "written-offer.txt"], file => Assert.Contains(manifest, Report(file), StringComparison.Ordinal));
        Assert.Contains("\"musl\"", Report("policy.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_audit_far_from_the_workspace_finds_the_byte_that_changed()
    {
        var away = new ScenarioWorkspace(TemporaryDirectory(), null);
        await Tool.RunAsync("cp", "-r", Image(".oci"), Image(".spdx-2.3.json"), Image(".rootfs.tar.gz"), away.Top);
        (await away.Strata($"license audit {Name}.oci")).Succeeds().Prints("nothing to complain about");

        var root = away.PathOf("root");
        Directory.CreateDirectory(root);
        await Tool.RunAsync("tar", "-xzf", away.PathOf($"{Name}.rootfs.tar.gz"), "-C", root);
        await File.AppendAllTextAsync(Path.Combine(root, "etc/profile"), "# mine\n", TestContext.Current.CancellationToken);
        await Tool.RunAsync("tar", "-czf", away.PathOf($"{Name}.rootfs.tar.gz"), "-C", root, ".");
        (await away.Strata($"license audit {Name}.rootfs.tar.gz")).FailsWith(1).Prints("/etc/profile: error STR7047");
    }
}
