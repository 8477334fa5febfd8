using Strata.Cli;

namespace Strata.Tests.Cli.Products;

/// <summary>Checkouts of products: pins, patches, lock files, what was interrupted and what a user changed.</summary>
public sealed class ProductTests : IDisposable
{
    private readonly ProductWorkspace _product = new();

    public void Dispose() => _product.Dispose();

    [Fact]
    public async Task A_pinned_repository_is_checked_out_with_its_patches_and_the_workspace_is_configured()
    {
        var commit = await WithPatchedLayer();

        (await _product.Strata("product", "checkout", "product.yml")).Succeeds().Prints("strata -C build build image");

        Assert.Equal("two\n", _product.Read("vendor/README"));
        Assert.Equal(commit, (await _product.Git("vendor", "rev-parse", "HEAD^")).Trim());
        Assert.Contains("${TOPDIR}/../vendor/meta-a \\\n    ${TOPDIR}/../vendor/meta-b", _product.Read("build/conf/bblayers.conf"), StringComparison.Ordinal);
        Assert.Contains("MACHINE ??= \"qemuarm64\"", _product.Read("build/conf/local.conf"), StringComparison.Ordinal);
        (await _product.Strata("product", "show", "product.yml")).Succeeds().Prints("vendor/meta-a  priority 7", "patch own:patches/readme.patch", commit);
        Assert.Empty((await _product.Strata("product", "checkout", "product.yml")).Succeeds().Error);
    }

    [Fact]
    public async Task A_patch_that_does_not_apply_leaves_the_checkout_as_it_was_and_nothing_to_build_with()
    {
        await WithPatchedLayer();
        (await _product.Strata("product", "checkout", "product.yml")).Succeeds();
        var before = await _product.Git("vendor", "rev-parse", "HEAD");
        _product.Write("patches/readme.patch", _product.Read("patches/readme.patch").Replace("-one", "-other", StringComparison.Ordinal));

        (await _product.Strata("product", "checkout", "product.yml")).EndsWith(ExitCode.BadMetadata).Complains("product.yml:13:", "STR1151", "does not apply");

        Assert.Equal(before, await _product.Git("vendor", "rev-parse", "HEAD"));
        Assert.Empty(await _product.Git("vendor", "status", "--porcelain"));
        Assert.False(File.Exists(_product.PathOf("build/conf/bblayers.conf")));
    }

    [Fact]
    public async Task An_interrupted_checkout_is_done_again()
    {
        await WithPatchedLayer();
        (await _product.Strata("product", "checkout", "product.yml")).Succeeds();
        var head = (await _product.Git("vendor", "rev-parse", "HEAD")).Trim();

        // As a kill between two files leaves it.
        _product.Write("vendor/.git/strata-unfinished", head + "\n");
        _product.Write("vendor/.git/index.lock", "");
        File.Delete(_product.PathOf("vendor/README"));

        (await _product.Strata("product", "checkout", "product.yml")).Succeeds();
        Assert.Equal("two\n", _product.Read("vendor/README"));
        Assert.False(File.Exists(_product.PathOf("vendor/.git/strata-unfinished")));
    }

    [Fact]
    public async Task Changes_of_the_user_stay_until_force_is_said()
    {
        await WithPatchedLayer();
        (await _product.Strata("product", "checkout", "product.yml")).Succeeds();
        _product.Write("vendor/README", "mine\n");

        (await _product.Strata("product", "checkout", "product.yml")).Succeeds().Complains("STR1153", "1 of its files");
        Assert.Equal("mine\n", _product.Read("vendor/README"));
        (await _product.Strata("product", "checkout", "product.yml", "--force")).Succeeds();
        Assert.Equal("two\n", _product.Read("vendor/README"));

        await _product.Git("vendor", "commit", "--quiet", "--allow-empty", "--message", "mine");
        (await _product.Strata("product", "checkout", "product.yml")).Succeeds().Complains("STR1153", "where strata did not put it");
    }

    [Fact]
    public async Task A_lock_file_holds_a_branch_until_the_product_is_updated()
    {
        var first = await _product.Upstream("vendor", "meta-a");
        _product.Write("product.yml", $"header: {{ version: 14 }}\nrepos:\n  vendor:\n    url: {_product.Url("vendor")}\n    branch: main\n    layers: {{ meta-a: }}\n");
        (await _product.Strata("product", "lock", "product.yml")).Succeeds();
        Assert.Contains($"vendor:\n      commit: {first}\n", _product.Read("product.lock.yml"), StringComparison.Ordinal);

        _product.Write("up/vendor/README", "newer\n");
        var second = await _product.Commit("vendor");
        Directory.Delete(_product.PathOf("vendor"), recursive: true);
        (await _product.Strata("product", "checkout", "product.yml")).Succeeds();
        Assert.Equal("one\n", _product.Read("vendor/README"));

        (await _product.Strata("product", "update", "product.yml")).Succeeds().Prints($"vendor {second}");
        Assert.Equal("newer\n", _product.Read("vendor/README"));
        Assert.Contains(second, _product.Read("product.lock.yml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_moved_tag_and_a_missing_commit_are_refused()
    {
        var first = await _product.Upstream("vendor", "meta-a");
        await _product.Git("up/vendor", "tag", "v1");
        _product.Write("product.yml", $"header: {{ version: 14 }}\nrepos:\n  vendor:\n    url: {_product.Url("vendor")}\n    commit: {first}\n    tag: v1\n    layers: {{ meta-a: }}\n");
        _product.Write("up/vendor/README", "newer\n");
        var second = await _product.Commit("vendor");
        await _product.Git("up/vendor", "tag", "--force", "v1");

        (await _product.Strata("product", "checkout", "product.yml")).EndsWith(ExitCode.BadMetadata).Complains("product.yml:5:", "STR1155", $"tag 'v1' is {second}");
        var absent = new string('b', 40);
        _product.Write("product.yml", _product.Read("product.yml").Replace(first, absent, StringComparison.Ordinal).Replace("    tag: v1\n", "", StringComparison.Ordinal));
        (await _product.Strata("product", "checkout", "product.yml")).EndsWith(ExitCode.BadMetadata).Complains("product.yml:5:", absent);
        Assert.False(Directory.Exists(_product.PathOf("vendor")));
    }

    [Fact]
    public async Task Layers_come_in_the_order_that_prio_says_and_products_can_be_compared()
    {
        await _product.Upstream("vendor", "meta-a", "meta-b");
        _product.Write("product.yml", $"header: {{ version: 20 }}\nmachine: qemuarm64\nrepos:\n  vendor:\n    url: {_product.Url("vendor")}\n    layers: {{ meta-a: , meta-b: {{ prio: 3 }} }}\n");
        _product.Write("debug.yml", "header: { version: 14 }\nmachine: qemux86-64\ntarget: [image, 'mc:two:image']\nenv: { LEVEL: '3', UNSET: }\n");

        (await _product.Strata("product", "checkout", "product.yml:debug.yml")).Succeeds();
        Assert.Contains("\n    ${TOPDIR}/../vendor/meta-b \\\n    ${TOPDIR}/../vendor/meta-a\"", _product.Read("build/conf/bblayers.conf"), StringComparison.Ordinal);
        Assert.Contains("BBMULTICONFIG ?= \"two\"", _product.Read("build/conf/local.conf"), StringComparison.Ordinal);
        (await _product.Strata("product", "diff", "product.yml", "product.yml:debug.yml")).Succeeds()
            .Prints("- machine: qemuarm64\n+ machine: qemux86-64\n", "+ target: image mc:two:image\n", "+ env.LEVEL: 3\n");
        (await _product.Strata("product", "shell", "product.yml:debug.yml", "-c", "pwd; echo $LEVEL $BB_ENV_PASSTHROUGH_ADDITIONS")).Succeeds()
            .Prints($"{_product.PathOf("build")}\n3 LEVEL\n");
    }

    [Theory]
    [InlineData("header: { version: 14 }\nmachin: x\n", "p.yml:2:1:", "STR1141", "did you mean 'machine'?")]
    [InlineData("header: { version: 99 }\n", "p.yml:1:20:", "STR1143", "from 1 to")]
    [InlineData("machine: x\n", "p.yml:1", "STR1142", "header: { version: 14 }")]
    [InlineData("header: { version: 14 }\nmachine: 5\n", "p.yml:2:10:", "STR1142", "put it in quotes")]
    [InlineData("header: { version: 14 }\n\tmachine: x\n", "p.yml:1:", "STR1140", "no YAML")]
    [InlineData("header: { version: 14 }\nmachine: [x\nfoo: \"\n", "p.yml:2:", "STR1140", "every bracket closed")]
    [InlineData("header:\n  version: 14\n  includes: [p.yml]\n", "p.yml:3:14:", "STR1144", "remove one")]
    [InlineData("header:\n  version: 14\n  includes: [../q.yml]\n", "p.yml:3:14:", "STR1146", "leads out")]
    [InlineData("header:\n  version: 14\n  includes: [{ repo: missing, file: a.yml }]\n", "p.yml:3:22:", "STR1145", "'repos:'")]
    [InlineData("header: { version: 14 }\nrepos:\n  a: { url: 'file:///x', commit: abc123 }\n", "p.yml:3:34:", "STR1148", "40")]
    [InlineData("header: { version: 14 }\nrepos:\n  a: { url: 'file:///x', branch: b, tag: t }\n", "p.yml:3:42:", "STR1147", "keep one")]
    [InlineData("header: { version: 14 }\nrepos:\n  a: { url: 'file:///x', path: ../out }\n", "p.yml:3:32:", "STR1146", "leads out")]
    [InlineData("header: { version: 14 }\nrepos:\n  a: { layers: { ../out: } }\n", "p.yml:3:18:", "STR1146", "leads out")]
    [InlineData("header: { version: 14 }\nrepos:\n  a: { url: 'https://x/a', type: hg }\n", "p.yml:3:34:", "STR1149", "git")]
    [InlineData("header: { version: 19 }\nrepos:\n  a: { url: 'https://x/a', signed: true }\n", "p.yml:3:36:", "STR1142", "below 'signers:'")]
    [InlineData("header: { version: 19 }\nrepos:\n  a: { url: 'https://x/a', signed: true, allowed_signers: [b] }\n", "p.yml:3:60:", "STR1159", "add it below 'signers:'")]
    [InlineData("header: { version: 19 }\nsigners: { b: { repo: a, path: k } }\nrepos:\n  a: { url: 'https://x/a', signed: true, allowed_signers: [b] }\n", "p.yml:2:23:", "STR1159", "in another repository")]
    [InlineData("header: { version: 19 }\nsigners: { b: { repo: elsewhere, path: k } }\nrepos:\n  a: { url: 'https://x/a', signed: true, allowed_signers: [b] }\n", "p.yml:4:60:", "STR1145", "'repos:'")]
    [InlineData("header: { version: 19 }\nsigners: { b: { gpg_keyserver: hkp, fingerprint: A } }\nrepos:\n  a: { url: 'https://x/a', signed: true, allowed_signers: [b] }\n", "p.yml:2:32:", "STR1149", "public key")]
    [InlineData("header: { version: 14 }\nrepos:\n  a: { url: 'https://x/a', premirrors: [] }\n", "p.yml:3:28:", "STR1141", "known are")]
    [InlineData("header: { version: 14 }\nrepos:\n  a: { patches: { one: { repo: own, path: x.patch } } }\n", "p.yml:3:19:", "STR1145", "'repos:'")]
    [InlineData("header: { version: 14 }\nrepos:\n  a: { url: 'file:///x', tag: '--upload-pack=x' }\n", "p.yml:3:31:", "STR1157", "ls-remote")]
    [InlineData("header: { version: 14 }\nrepos:\n  a: { layers: { meta: { prio: 500 } } }\n", "p.yml:3:32:", "STR1142", "for instance 5")]
    [InlineData("header: { version: 14 }\noverrides:\n  repos: { a: { commit: x } }\n", "p.yml:3:12:", "STR1145", "'repos:'")]
    public async Task A_bad_product_file_is_refused_where_it_is_wrong(string text, string place, string code, string hint)
    {
        _product.Write("p.yml", text);
        (await _product.Strata("product", "show", "p.yml")).EndsWith(ExitCode.BadMetadata).Complains(place, code, hint);
    }

    [Fact]
    public async Task What_is_ignored_is_said()
    {
        _product.Write("p.yml", "header: { version: 14 }\nmachine: qemuarm64\nbuildtools: { version: '5.0.5' }\n");
        (await _product.Strata("product", "show", "p.yml")).Succeeds().Complains("p.yml:3:1: warning STR1158", "'buildtools' is ignored");
    }

    [Fact]
    public async Task Overrides_move_a_repository_to_another_address_and_from_its_commit_to_a_branch()
    {
        var old = await _product.Upstream("vendor", "meta-a");
        await _product.Upstream("fork", "meta-a");
        _product.Write("up/fork/README", "forked\n");
        await _product.Commit("fork");
        _product.Write("product.yml", $"header: {{ version: 23 }}\nrepos:\n  vendor: {{ url: '{_product.Url("vendor")}', commit: {old}, branch: main, layers: {{ meta-a: }} }}\n");
        _product.Write("fork.yml", $"header: {{ version: 23 }}\noverrides: {{ repos: {{ vendor: {{ url: '{_product.Url("fork")}', commit: }} }} }}\n");

        (await _product.Strata("product", "checkout", "product.yml:fork.yml")).Succeeds();

        Assert.Equal("forked\n", _product.Read("vendor/README"));
        Assert.Contains("DISTRO ??= \"nodistro\"", _product.Read("build/conf/local.conf"), StringComparison.Ordinal);
    }

    /// <returns>The commit of the layer's repository.</returns>
    private async Task<string> WithPatchedLayer()
    {
        var commit = await _product.Upstream("vendor", "meta-a", "meta-b");
        _product.Write("patches/readme.patch", "--- a/README\n+++ b/README\n@@ -1 +1 @@\n-one\n+two\n");
        _product.Write("product.yml", $$"""
            header:
              version: 14
            machine: qemuarm64
            target: image
            repos:
              own:
                layers: { .: disabled }
              vendor:
                url: {{_product.Url("vendor")}}
                commit: {{commit}}
                layers: { meta-b: , meta-a: }
                patches:
                  readme:
                    repo: own
                    path: patches/readme.patch

            """);
        return commit;
    }
}
