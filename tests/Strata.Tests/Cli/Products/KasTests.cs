using System.Collections.Immutable;

namespace Strata.Tests.Cli.Products;

/// <summary>The same product files through Debian's kas and through Strata: configuration, commits, trees, what is built.</summary>
public sealed class KasTests : IDisposable
{
    private static readonly string[] s_repositories = ["poky", "vendor"];

    private readonly ProductWorkspace _product = new();

    public void Dispose() => _product.Dispose();

    public static TheoryData<string> Products => ["plain", "includes", "across", "patched", "multi", "disabled"];

    [Theory]
    [MemberData(nameof(Products))]
    public async Task Both_resolve_a_product_to_the_same(string name)
    {
        await WriteProducts();
        var kas = Directory.CreateDirectory(_product.PathOf("kas")).FullName;
        var environment = ImmutableSortedDictionary<string, string>.Empty.Add("KAS_WORK_DIR", kas).Add("GIT_CONFIG_COUNT", "1").Add("GIT_CONFIG_KEY_0", "safe.directory").Add("GIT_CONFIG_VALUE_0", "*");
        await _product.Run("own", environment, ["kas", "build", $"{name}.yml"]);

        (await _product.Strata("product", "checkout", $"own/{name}.yml", "-C", "ours")).Succeeds();

        foreach (var file in new[] { "local.conf", "bblayers.conf" })
            Assert.Equal(_product.Read($"kas/build/conf/{file}"), _product.Read($"ours/build/conf/{file}"));
        foreach (var repository in s_repositories.Where(r => Directory.Exists(Path.Combine(kas, r))))
            Assert.Equal(await _product.Git($"kas/{repository}", "rev-parse", "HEAD^{tree}"), await _product.Git($"ours/{repository}", "rev-parse", "HEAD^{tree}"));

        // What bitbake was called with, and with which environment, is what strata show says.
        var shown = (await _product.Strata("product", "show", $"own/{name}.yml", "-C", "ours", "--json")).Succeeds().Json;
        var called = _product.Read("kas/build/called").Split('\n');
        var targets = shown.GetProperty("targets").EnumerateArray().Select(t => t.GetString());
        Assert.Equal($"-c {shown.GetProperty("task").GetString()} {string.Join(' ', targets)}", called[0]);
        Assert.Equal(called[1], shown.GetProperty("env").TryGetProperty("LEVEL", out var level) ? level.GetString() : "");
    }

    private async Task WriteProducts()
    {
        // kas finds bitbake through the repository that has this script.
        _product.Write("up/poky/oe-init-build-env", "OEROOT=$PWD; cd \"$1\"; PATH=$OEROOT/bin:$PATH; export PATH\n");
        _product.Write("up/poky/bin/bitbake", "#!/bin/sh\nprintf '%s\\n%s\\n' \"$*\" \"$LEVEL\" > called\n");
        _product.Write("up/poky/extra.yml", "header:\n  version: 8\ntarget: from-poky\nlocal_conf_header:\n  poky: |\n    P = \"1\"\n");
        File.SetUnixFileMode(_product.PathOf("up/poky/bin/bitbake"), (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(_product.PathOf("up/poky/oe-init-build-env"), (UnixFileMode)0b111_101_101);
        var poky = await _product.Upstream("poky", "meta", "meta-poky");
        await _product.Upstream("vendor", "meta-vendor", "layers/meta-deep");
        await _product.Git("up/vendor", "tag", "v1");
        _product.Write("up/vendor/README", "newer\n");
        await _product.Commit("vendor");

        var repos = $"""
            repos:
              own:
                layers: [[.: excluded]]
              poky:
                url: {_product.Url("poky")}
                refspec: {poky}
                layers:
                  meta:
                  meta-poky: 'disabled'
            """.Replace("[[", "{ ", StringComparison.Ordinal).Replace("]]", " }", StringComparison.Ordinal);
        var vendor = $"  vendor:\n    url: {_product.Url("vendor")}\n    refspec: v1\n    layers:\n      layers/meta-deep:\n      meta-vendor:\n";

        _product.Write("own/patches/series", "# in this order\nb.patch\na.patch\n");
        _product.Write("own/patches/b.patch", "--- a/README\n+++ b/README\n@@ -1 +1 @@\n-one\n+two\n");
        _product.Write("own/patches/a.patch", "--- a/README\n+++ b/README\n@@ -1 +1 @@\n-two\n+three\n");
        _product.Write("own/base.yml", $"header: {{ version: 8 }}\nmachine: base\ndistro: nodistro\nenv: {{ LEVEL: 'low' }}\nlocal_conf_header:\n  zoo: |\n    Z = \"1\"\n  base: B = \"1\"\n{repos}\n");
        _product.Write("own/plain.yml", $"header: {{ version: 8 }}\n{repos}\n{vendor}");
        _product.Write("own/includes.yml", "header:\n  version: 8\n  includes:\n    - base.yml\nmachine: top\ntask: fetch\ntarget:\n  - one\n  - two\nlocal_conf_header: { base: 'B = \"2\"' }\nbblayers_conf_header: { mine: 'X = \"1\"' }\n");
        _product.Write("own/across.yml", $"header:\n  version: 8\n  includes:\n    - repo: poky\n      file: extra.yml\n    - base.yml\n{repos}\n");
        _product.Write("own/patched.yml", $"header: {{ version: 8 }}\ndefaults: {{ repos: {{ refspec: main, patches: {{ repo: own }} }} }}\n{repos}\n    patches: {{ b: {{ path: patches }}, a: }}\n  vendor:\n    url: {_product.Url("vendor")}\n    layers: {{ meta-vendor: }}\n");
        _product.Write("own/multi.yml", $"header: {{ version: 10 }}\ntarget: ['multiconfig:two:image']\n{repos}\n");
        _product.Write("own/disabled.yml", $"header: {{ version: 8, includes: [plain.yml] }}\nrepos: {{ vendor: {{ layers: {{ meta-vendor: no }} }} }}\n");
        await _product.Git("own", "init", "--quiet", "--initial-branch=main");
        Directory.CreateDirectory(_product.PathOf("ours"));
    }
}
