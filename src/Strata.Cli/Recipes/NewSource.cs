using System.Collections.Immutable;
using Strata.Cli.Builtins;
using Strata.Core;
using Strata.Fetch;
using Strata.Metadata;

namespace Strata.Cli.Recipes;

/// <summary>An address that becomes a recipe: its entry for SRC_URI and the pins, as they are upstream now.</summary>
/// <param name="Entry">Without a version that ${PV} stands for.</param>
/// <param name="Pins">Lines below SRC_URI.</param>
internal sealed record NewSource(SourcePlan Plan, string Entry, ImmutableArray<string> Pins, UpstreamName? Name, string Homepage)
{
    /// <exception cref="SourceException">Nobody serves it.</exception>
    public static async Task<NewSource> FindAsync(string address, string? version, SourceTools tools, CancellationToken cancel) =>
        IsRepository(address) ? await OfRepositoryAsync(address, version, tools, cancel) : await OfArchiveAsync(address, tools, cancel);

    public static bool IsRepository(string address) =>
        address.StartsWith("git", StringComparison.Ordinal) || address.Split(';')[0].EndsWith(".git", StringComparison.Ordinal);

    /// <summary>An address of git's own becomes BitBake's: <c>https://…</c> is <c>git://…;protocol=https</c>.</summary>
    public static SourceUri RepositoryOf(string address)
    {
        var uri = SourceUri.Parse(address);
        return uri.IsGit ? uri : uri with { Scheme = "git", Parameters = uri.Parameters.SetItem("protocol", uri.Scheme) };
    }

    private static async Task<NewSource> OfArchiveAsync(string address, SourceTools tools, CancellationToken cancel)
    {
        var uri = SourceUri.Parse(address);
        var pin = await tools.Fetcher.FindPinAsync(new(uri, "SRC_URI[sha256sum]", "") { Secrets = SourceSecrets.All }, default, cancel);
        var name = UpstreamName.OfAddress(uri.Path);
        var entry = name is { } n && n.Version == n.Written ? address.Replace(n.Version, "${PV}", StringComparison.Ordinal) : address;
        var plan = new SourcePlan(name?.Name ?? "", default, [new PinnedFile(uri, Digest.Parse(pin)) { Secrets = SourceSecrets.All }]);
        return new(plan, entry, [$"SRC_URI[sha256sum] = \"{pin}\""], name, HomepageOf(uri));
    }

    /// <summary>The newest version that is tagged, or the head where nothing is.</summary>
    private static async Task<NewSource> OfRepositoryAsync(string address, string? version, SourceTools tools, CancellationToken cancel)
    {
        var uri = RepositoryOf(address);
        var references = await tools.Fetcher.Git.ReferencesAsync(uri, cancel);
        var tag = UpstreamVersions.OfTags(references, null).Where(v => version is null || v.Version == version).MaxBy(v => PackageVersion.Parse(v.Version));
        var branch = uri.Parameter("branch") ?? references.Where(r => r.Key.StartsWith("refs/heads/", StringComparison.Ordinal))
            .OrderBy(r => r.Key is "refs/heads/main" or "refs/heads/master" ? 0 : 1).Where(r => references.GetValueOrDefault("HEAD") == r.Value).Select(r => r.Key["refs/heads/".Length..]).FirstOrDefault() ?? "main";
        var commit = tag?.Commit ?? references.GetValueOrDefault($"refs/heads/{branch}") ?? throw new SourceException(FetchRules.CannotPin(default, new(uri, "SRCREV", branch), "it has no branch and no tag"));

        var entry = uri with { Parameters = uri.Parameters.SetItem("branch", branch) };
        var source = new PinnedGit(entry, commit) { Secrets = SourceSecrets.All };
        if (await tools.Fetcher.FetchAsync(source, default, null, cancel) is FetchOutcome.Unavailable)
        {
            // Releases are often tagged beside the branch that goes on.
            entry = uri with { Parameters = uri.Parameters.Remove("branch").SetItem("nobranch", "1") };
            source = new(entry, commit) { Secrets = SourceSecrets.All };
        }
        var name = new UpstreamName(UpstreamName.NameFrom(Path.GetFileNameWithoutExtension(uri.Path.TrimEnd('/'))), tag?.Version ?? version ?? "0.0+git", tag?.Version ?? "");
        return new(new(name.Name, default, [source]), entry.ToString(), [$"SRCREV = \"{commit}\""], name, HomepageOf(uri));
    }

    private static string HomepageOf(SourceUri uri)
    {
        var parts = uri.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (uri.Scheme is "file" || uri.Host.Length == 0) return "";
        if (uri.Host is "github.com" or "gitlab.com" && parts.Length > 1) return $"https://{uri.Host}/{parts[0]}/{(parts[1].EndsWith(".git", StringComparison.Ordinal) ? parts[1][..^4] : parts[1])}";
        return $"https://{uri.Host}/{string.Concat(parts.SkipLast(1).Where(p => !p.Contains('.') && !char.IsAsciiDigit(p[0])).Select(p => p + "/"))}";
    }
}
