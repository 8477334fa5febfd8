using System.Collections.Immutable;
using Strata.Cli;

namespace Strata.Tests.Cli.Products;

/// <summary>Repositories of a product that have to be signed, by keys that gpg and ssh-keygen made.</summary>
public sealed class SignatureTests : IDisposable
{
    private readonly ProductWorkspace _product = new();

    public void Dispose() => _product.Dispose();

    [Fact]
    public async Task A_commit_signed_by_ssh_is_accepted_from_its_signer_alone()
    {
        await _product.Upstream("vendor", "meta-a");
        await SshKey("release");
        await SshKey("other");
        await SignedBySsh("release", "commit", "--allow-empty", "--quiet", "-S", "-m", "release");
        Product("ssh", "release", "release.pub", "branch: main");
        (await Checkout()).Succeeds();

        Product("ssh", "release", "other.pub", "branch: main");
        Refused(await Checkout(), "has no signature of a signer");
        await SignedBySsh("other", "commit", "--allow-empty", "--quiet", "-S", "-m", "intruder");
        Product("ssh", "release", "release.pub", "branch: main");
        Refused(await Checkout(), "has no signature of a signer");
        await _product.Git("up/vendor", "commit", "--allow-empty", "--quiet", "-m", "careless");
        Refused(await Checkout(), "is not signed");
    }

    [Fact]
    public async Task A_tag_signed_by_gpg_is_accepted_for_a_commit_that_nobody_signed()
    {
        var commit = await _product.Upstream("vendor", "meta-a");
        var fingerprint = await GpgKey("release");
        await GpgKey("other");
        await Gpg("tag", "-s", "-u", "release@example.org", "-m", "one", "v1");
        await Gpg("tag", "-s", "-u", "other@example.org", "-m", "two", "v2");
        await _product.Git("up/vendor", "tag", "v3");
        Product("gpg", "release", "release.asc", $"commit: {commit}, tag: v1", fingerprint);
        (await Checkout()).Succeeds();

        Product("gpg", "release", "release.asc", $"commit: {commit}, tag: v2");
        Refused(await Checkout(), "tag 'v2' has no signature of a signer");
        Product("gpg", "release", "release.asc", $"commit: {commit}, tag: v3");
        Refused(await Checkout(), "tag 'v3'");
        Product("gpg", "release", "release.asc", $"commit: {commit}");
        Refused(await Checkout(), "is not signed");
        Product("gpg", "release", "other.asc", $"commit: {commit}, tag: v2", fingerprint);
        Refused(await Checkout(), $"and not {fingerprint}");
    }

    [Fact]
    public async Task Nothing_is_included_from_a_repository_before_its_signature_was_checked()
    {
        _product.Write("up/vendor/kas.yml", "header: { version: 19 }\nmachine: stolen\n");
        await _product.Upstream("vendor", "meta-a");
        await SshKey("release");
        Product("ssh", "release", "release.pub", "branch: main", header: "{ version: 19, includes: [{ repo: vendor, file: kas.yml }] }");

        Refused(await _product.Strata("product", "show", "product.yml"), "is not signed");
        Assert.False(Directory.Exists(_product.PathOf("vendor")));
    }

    private void Product(string type, string name, string key, string pin, string? fingerprint = null, string header = "{ version: 19 }") => _product.Write("product.yml",
        $"header: {header}\nsigners: {{ {name}: {{ type: {type}, repo: own, path: {key}{(fingerprint is null ? "" : $", fingerprint: {fingerprint}")} }} }}\n"
        + $"repos:\n  own: {{ layers: {{ up/vendor/meta-a: disabled }} }}\n  vendor: {{ url: '{_product.Url("vendor")}', {pin}, signed: true, allowed_signers: [{name}], layers: {{ meta-a: }} }}\n");

    private Task<CliRun> Checkout() => _product.Strata("product", "update", "product.yml");

    private static void Refused(CliRun run, string why) => run.EndsWith(ExitCode.BadMetadata).Complains("product.yml:5:", "STR1159", why);

    private Task SshKey(string name) => _product.Run(".", Home, ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", _product.PathOf(name)]);

    private Task SignedBySsh(string key, params string[] arguments) =>
        _product.Git("up/vendor", ["-c", "gpg.format=ssh", "-c", $"user.signingKey={_product.PathOf(key)}", .. arguments]);

    private ImmutableSortedDictionary<string, string> Home => ImmutableSortedDictionary<string, string>.Empty.Add("GNUPGHOME", _product.PathOf("gnupg"));

    private Task Gpg(params string[] arguments) => _product.Run("up/vendor", Home, ["git", .. arguments]);

    /// <returns>The fingerprint; the public key is in NAME.asc then.</returns>
    private async Task<string> GpgKey(string name)
    {
        Directory.CreateDirectory(_product.PathOf("gnupg"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await _product.Run(".", Home, ["gpg", "--batch", "--quiet", "--passphrase", "", "--quick-gen-key", $"{name}@example.org", "ed25519", "sign", "never"]);
        await _product.Run(".", Home, ["gpg", "--batch", "--armor", "--output", _product.PathOf($"{name}.asc"), "--export", $"{name}@example.org"]);
        var listed = await _product.Run(".", Home, ["gpg", "--batch", "--with-colons", "--list-keys", $"{name}@example.org"]);
        return listed.Output.Split('\n').First(l => l.StartsWith("fpr:", StringComparison.Ordinal)).Split(':')[9];
    }
}
