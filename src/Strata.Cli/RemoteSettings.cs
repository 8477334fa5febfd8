using System.Collections.Immutable;
using System.Globalization;
using Strata.Cache;
using Strata.Core;
using Strata.Metadata;

namespace Strata.Cli;

/// <summary>What the configuration says about remotes: <c>STRATA_REMOTES</c> and the variables beside it, described in <c>bitbake.conf</c>.</summary>
public static class RemoteSettings
{
    /// <summary>Null when there are none, or after reporting what is wrong with them.</summary>
    public static RemoteOptions? Read(Datastore configuration, Workspace workspace, ImmutableSortedDictionary<string, string> environment, Diagnostics diagnostics)
    {
        if (!RemoteAddress.TryParseAll(configuration.Get("STRATA_REMOTES") ?? "", out var addresses, out var problem)) return Bad("STRATA_REMOTES", problem);
        if (Words.AreYes(configuration.Get("BB_NO_NETWORK"))) addresses = [.. addresses.Where(a => a.Uri.IsFile)];
        if (addresses is []) return null;

        var signingKey = Words.Of(configuration.Get("STRATA_REMOTE_SIGNING_KEY")).Select(File).FirstOrDefault();
        var trusted = Words.Of(configuration.Get("STRATA_REMOTE_TRUSTED_KEYS")).Select(File);
        if (!RecordSeal.TryLoad(signingKey, trusted, out var seal, out problem)) return Bad("STRATA_REMOTE_SIGNING_KEY and STRATA_REMOTE_TRUSTED_KEYS", problem);

        var timeout = configuration.Get("STRATA_REMOTE_TIMEOUT") ?? "10";
        if (!int.TryParse(timeout, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds is < 1 or > 3600)
            return Bad("STRATA_REMOTE_TIMEOUT", $"'{timeout}' is no number of seconds from 1 to 3600");
        return new() { Addresses = addresses, Environment = environment, Seal = seal, Timeout = TimeSpan.FromSeconds(seconds) };

        string File(string path) => Path.GetFullPath(path, workspace.TopDirectory);

        RemoteOptions? Bad(string variable, string cause)
        {
            diagnostics.Add(CliRules.BadRemotes(variable, cause));
            return null;
        }
    }
}
