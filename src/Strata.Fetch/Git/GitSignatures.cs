using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>
/// Looks whether fetched commits are signed by keys that were named. git, gpg and ssh-keygen do the work, with a key ring that holds
/// these keys and no others; what the user trusts otherwise does not count.
/// </summary>
public sealed class GitSignatures(FetchOptions options)
{
    private readonly GitMirrors _mirrors = new(options);

    /// <summary>Null when the tag, or the commit if no tag is pinned, is signed by one of the keys.</summary>
    /// <remarks>The source must have been fetched.</remarks>
    /// <exception cref="SourceException">The tag cannot be fetched, or git is missing.</exception>
    public async Task<string?> WhyNotAsync(PinnedGit source, ImmutableArray<SigningKey> keys, CancellationToken cancel)
    {
        var home = Directory.CreateTempSubdirectory("strata-keys-").FullName;
        try
        {
            var environment = options.Environment.SetItem("GNUPGHOME", home).SetItem("LC_ALL", "C");
            var (fingerprints, problem) = await ImportAsync(keys, home, environment, cancel);
            return problem ?? await VerifyAsync(source, fingerprints, home, environment, cancel);
        }
        finally
        {
            FileTree.Delete(home);
        }
    }

    private static string SshKeys(string home) => Path.Combine(home, "allowed-signers");

    private static async Task<(ImmutableHashSet<string> Gpg, string? Problem)> ImportAsync(
        ImmutableArray<SigningKey> keys, string home, ImmutableSortedDictionary<string, string> environment, CancellationToken cancel)
    {
        var gpg = ImmutableHashSet.CreateBuilder<string>(StringComparer.OrdinalIgnoreCase);
        var ssh = new List<string>();
        foreach (var key in keys)
        {
            if (!File.Exists(key.File)) return (gpg.ToImmutable(), $"the key of '{key.Name}', {key.File}, is not there");
            var (fingerprint, problem) = key.IsSsh ? await SshFingerprintAsync(key, environment, cancel) : await ImportGpgAsync(key, environment, cancel);
            if (problem is not null) return (gpg.ToImmutable(), problem);
            if (key.Fingerprint is { } expected && !expected.Equals(fingerprint, key.IsSsh ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase))
                return (gpg.ToImmutable(), $"the key of '{key.Name}', {key.File}, has fingerprint {fingerprint} and not {expected}");
            if (key.IsSsh) ssh.Add($"signer namespaces=\"git\" {string.Join(' ', (await File.ReadAllTextAsync(key.File, cancel)).Split(' ', '\n').Take(2))}\n");
            else gpg.Add(fingerprint);
        }
        await File.WriteAllTextAsync(SshKeys(home), string.Concat(ssh), cancel);
        return (gpg.ToImmutable(), null);
    }

    private static async Task<(string Fingerprint, string? Problem)> SshFingerprintAsync(SigningKey key, ImmutableSortedDictionary<string, string> environment, CancellationToken cancel)
    {
        var shown = await RunAsync(["ssh-keygen", "-l", "-f", key.File], environment, cancel);
        return shown.Succeeded && shown.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries) is [var only]
            ? (only.Split(' ')[1], null)
            : ("", $"the key of '{key.Name}', {key.File}, is not one public key of ssh");
    }

    private static async Task<(string Fingerprint, string? Problem)> ImportGpgAsync(SigningKey key, ImmutableSortedDictionary<string, string> environment, CancellationToken cancel)
    {
        // Shown before it is imported: what an earlier key brought must not answer for this one.
        var shown = await RunAsync(["gpg", "--batch", "--with-colons", "--show-keys", key.File], environment, cancel);
        var lines = shown.Output.Split('\n').Select(l => l.Split(':')).ToArray();
        if (!shown.Succeeded || lines.Count(l => l[0] == "pub") != 1) return ("", $"the key of '{key.Name}', {key.File}, is not one public key of gpg");
        var imported = await RunAsync(["gpg", "--batch", "--quiet", "--import", key.File], environment, cancel);
        return imported.Succeeded ? (lines.First(l => l[0] == "fpr")[9], null) : ("", $"gpg does not take the key of '{key.Name}', {key.File}");
    }

    private async Task<string?> VerifyAsync(
        PinnedGit source, ImmutableHashSet<string> gpgKeys, string home, ImmutableSortedDictionary<string, string> environment, CancellationToken cancel)
    {
        var signed = source.Tag is null ? source.Revision : await _mirrors.FetchTagAsync(source with { Secrets = SourceSecrets.All }, cancel);
        var verify = source.Tag is null ? "verify-commit" : "verify-tag";
        ImmutableArray<string> settings =
            ["-c", "gpg.program=gpg", "-c", "gpg.openpgp.program=gpg", "-c", "gpg.x509.program=false", "-c", "gpg.ssh.program=ssh-keygen", "-c", "gpg.minTrustLevel=undefined", "-c", $"gpg.ssh.allowedSignersFile={SshKeys(home)}", "-c", "gpg.ssh.revocationFile="];
        var outcome = await new GitProgram(environment).RunAsync(_mirrors.MirrorOf(source), [.. settings, verify, "--raw", signed], cancel);
        var what = source.Tag is { } tag ? $"tag '{tag}'" : $"commit {source.Revision}";
        var said = outcome.Error.Split('\n');
        var valid = said.Where(l => l.StartsWith("[GNUPG:] VALIDSIG ", StringComparison.Ordinal)).Select(l => l.Split(' ')[^1]).ToArray();
        if (outcome.Succeeded) return valid.All(gpgKeys.Contains) ? null : $"{what} is signed by key {valid[0]}, which is not among the signers";
        return said.All(string.IsNullOrWhiteSpace) ? $"{what} is not signed" : $"{what} has no signature of a signer ({said.Select(Shorten).LastOrDefault(l => l.Length > 0)})";
    }

    private static string Shorten(string line) => line.Replace("[GNUPG:] ", "", StringComparison.Ordinal).Trim();

    private static async Task<ProcessOutcome> RunAsync(ImmutableArray<string> command, ImmutableSortedDictionary<string, string> environment, CancellationToken cancel)
    {
        try
        {
            return await ProcessRunner.RunAsync(new() { Command = command, Environment = environment }, cancel);
        }
        catch (FileNotFoundException)
        {
            throw new SourceException(FetchRules.ToolMissing(command[0], "to check the signatures of repositories"));
        }
    }
}
