using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Strata.Scenarios;

/// <summary>Products as users build them, and the tutorial from its first line to its last.</summary>
public sealed partial class ProductScenarios(ITestOutputHelper output) : Scenario(output)
{
    private readonly ITestOutputHelper _output = output;

    [Fact]
    public async Task A_product_is_checked_out_and_built_and_then_there_is_nothing_to_do()
    {
        var (product, _, _) = await ShellProduct();

        (await product.Strata("product build product.yml")).Succeeds().Prints("checked out layers").Prints("b:do_compile");

        Assert.Contains("chosen by the product", await File.ReadAllTextAsync(product.PathOf("build/build/tmp/work/b/1.0/out/lib"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        (await product.Strata("product build product.yml")).Succeeds().Prints("Nothing to do");
        (await product.Strata("layer list -C build")).Succeeds().Prints("shell");
    }

    [Fact]
    public async Task A_killed_checkout_is_never_half_used_and_is_done_by_the_next_one()
    {
        var (product, first, second) = await ShellProduct();
        (await product.Strata("product checkout product.yml")).Succeeds();
        var (configuration, tree) = (product.PathOf("build/conf/bblayers.conf"), product.PathOf("layers"));

        for (var i = 1; i <= 8; i++)
        {
            var (from, to) = i % 2 == 1 ? (first, second) : (second, first);
            product.Edit("product.yml", text => text.Replace(from, to, StringComparison.Ordinal));
            await KilledAfter(product, TimeSpan.FromMilliseconds(120 * i));

            if (File.Exists(configuration)) Assert.True(await IsAt(tree, from) || await IsAt(tree, to), $"half a checkout after {120 * i} ms");
            (await product.Strata("product checkout product.yml")).Succeeds();
            Assert.True(File.Exists(configuration) && await IsAt(tree, to), $"not mended after {120 * i} ms");
        }
    }

    [Fact]
    public async Task A_vendor_a_company_and_a_product_team_override_each_other_as_their_readme_says_and_differently_for_two_machines()
    {
        var work = TemporaryDirectory();
        var product = new ScenarioWorkspace(Checkout.Path("meta-examples/product"), _output);
        // What the images of the reference system need as well is not built again for this one.
        foreach (var (name, value) in new[] { ("KAS_WORK_DIR", work), ("SSTATE_DIR", Checkout.Path("build/cache")), ("DL_DIR", Checkout.Path("build/downloads")) }) product.Environment[name] = value;

        (await product.Strata("product build -m gateway,panel product.yml")).Succeeds();

        var images = Path.Combine(work, "build/build/tmp/deploy/images");
        Assert.Equal("*** The Product (R) ***\n", await FileOf("gateway", "etc/banner"));
        Assert.Equal("*** The Product for walls (R) ***\n", await FileOf("panel", "etc/banner"));
        var (gateway, panel) = (await NamesOf("gateway"), await NamesOf("panel"));
        foreach (var added in new[] { "usr/lib/firmware/radio.hex", "usr/sbin/rfkill" })
        {
            Assert.Contains(added, gateway);
            Assert.DoesNotContain(added, panel);
        }
        Assert.Contains("usr/bin/socat", panel);
        Assert.DoesNotContain(panel.Concat(gateway), f => f.Contains("libssl", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(images, "multiarch/product-image-multiarch.oci/index.json")));

        var rules = Path.Combine(work, "meta-company");
        await Tool.RunAsync("cp", "-r", Checkout.Path("meta-examples/product/meta-company"), rules);
        await Tool.RunAsync("sed", "-i", "/^LICENSE_EXCEPTIONS/d", Path.Combine(rules, "conf/distro/company-licenses.inc"));
        var built = new ScenarioWorkspace(Path.Combine(work, "build"), _output);
        built.Edit("conf/bblayers.conf", text => Regex.Replace(text, @"\S*/product/meta-company", rules));
        (await built.Strata("getvar -r banner --history BANNER_TEXT")).Succeeds().Prints(":company wins, because company is in OVERRIDES");
        (await built.Strata("build product-image")).FailsWith(1).Prints("STR7030").Prints("product-image → vendor-firmware");

        Task<string> FileOf(string machine, string file) => Tool.RunAsync("tar", "-xzOf", Path.Combine(images, machine, $"product-image-{machine}.rootfs.tar.gz"), file);

        async Task<string[]> NamesOf(string machine) => (await Tool.RunAsync("tar", "-tzf", Path.Combine(images, machine, $"product-image-{machine}.rootfs.tar.gz"))).Split('\n');
    }

    [Fact]
    public async Task Every_command_of_the_tutorial_runs()
    {
        var directory = TemporaryDirectory();
        var blocks = Block().Matches(await File.ReadAllTextAsync(Checkout.Path("docs/tutorial.md"), TestContext.Current.CancellationToken)).Select(m => m.Groups["text"].Value);
        var store = Path.Combine(directory, "store");
        await SeedStore.CopyToAsync(store);

        var script = Path.Combine(directory, "tutorial.sh");
        await File.WriteAllTextAsync(script, string.Join('\n', blocks), TestContext.Current.CancellationToken);
        var text = await Tool.RunAsync("bash", "-c", $"cd {directory}; export SSTATE_DIR={store} PATH={Path.GetDirectoryName(Checkout.Strata)}:$PATH; bash -euxo pipefail {script}");

        _output.WriteLine(text);
        Assert.Contains("vendor-example:do_compile", text, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(directory, "gateway/build/tmp/deploy/images/qemux86-64/hello-image-qemux86-64.oci/index.json")));
    }

    /// <summary>A repository of meta-shell with two commits that differ in many files, and a product that pins the first one.</summary>
    private async Task<(ScenarioWorkspace Product, string First, string Second)> ShellProduct()
    {
        var upstream = ShellWorkspace(("b", "inherit chain\n"));
        var first = await Commit(upstream.Top, start: true);
        foreach (var i in Enumerable.Range(0, 300))
            await File.WriteAllTextAsync(upstream.PathOf($"meta-shell/recipes/r{i}_1.0.bb"), "inherit chain\n", TestContext.Current.CancellationToken);
        var second = await Commit(upstream.Top, start: false);

        var top = TemporaryDirectory();
        await File.WriteAllTextAsync(Path.Combine(top, "product.yml"), $$"""
            header:
              version: 14
            target: b
            repos:
              layers:
                url: file://{{upstream.Top}}
                commit: {{first}}
                branch: main
                layers:
                  meta-shell:
            local_conf_header:
              product: |
                TEXT:pn-b = "chosen by the product"

            """, TestContext.Current.CancellationToken);
        return (new(top, _output), first, second);
    }

    private static async Task<string> Commit(string repository, bool start)
    {
        if (start) await Tool.RunAsync("git", "init", "--quiet", "--initial-branch=main", repository);
        await Tool.RunAsync("git", "-C", repository, "add", "--all");
        await Tool.RunAsync("git", "-C", repository, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", "change");
        return (await Tool.RunAsync("git", "-C", repository, "rev-parse", "HEAD")).Trim();
    }

    private static async Task KilledAfter(ScenarioWorkspace product, TimeSpan delay)
    {
        using var strata = Process.Start(new ProcessStartInfo(Checkout.Strata, ["product", "checkout", "product.yml"]) { WorkingDirectory = product.Top })!;
        await Task.Delay(delay, TestContext.Current.CancellationToken);
        strata.Kill(entireProcessTree: true);
        await strata.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<bool> IsAt(string tree, string commit) =>
        (await Tool.RunAsync("git", "-C", tree, "rev-parse", "HEAD")).Trim() == commit && (await Tool.RunAsync("git", "-C", tree, "status", "--porcelain")).Length == 0;

    [GeneratedRegex(@"^```sh(?: build)?\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
