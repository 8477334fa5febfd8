using System.Collections.Immutable;
using Strata.Cache;
using Strata.Cli;
using Strata.Core;
using Strata.Metadata;

namespace Strata.Tests.Cli;

public sealed class RemoteSettingsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("STRATA_REMOTES = \"https://a.example/x;rw file:///srv\"", "https://a.example/x file:///srv")]
    [InlineData("STRATA_REMOTES = \"https://a.example/x file:///srv\"\nBB_NO_NETWORK = \"1\"", "file:///srv")]
    [InlineData("STRATA_REMOTES = \"https://a.example/x\"\nBB_NO_NETWORK = \"1\"", "")]
    public void The_configuration_says_which_remotes_there_are(string configuration, string expected)
    {
        var (options, problems) = Read(configuration);

        Assert.Empty(problems);
        Assert.Equal(expected, string.Join(' ', options?.Addresses.Select(a => a.ToString()) ?? []));
    }

    [Theory]
    [InlineData("STRATA_REMOTES = \"gopher://a.example\"", "STRATA_REMOTES")]
    [InlineData("STRATA_REMOTES = \"file:///srv\"\nSTRATA_REMOTE_TIMEOUT = \"soon\"", "STRATA_REMOTE_TIMEOUT")]
    [InlineData("STRATA_REMOTES = \"file:///srv\"\nSTRATA_REMOTE_TRUSTED_KEYS = \"none.pem\"", "none.pem")]
    public void What_cannot_be_meant_is_an_error(string configuration, string named)
    {
        var (options, problems) = Read(configuration);

        Assert.Null(options);
        Assert.Contains(named, Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    private static (RemoteOptions? Options, ImmutableArray<Diagnostic> Problems) Read(string text)
    {
        var store = new Datastore();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            store.Set(line.Split(" = ")[0], line.Split(" = ")[1].Trim('"'));
        var diagnostics = new Diagnostics();
        var options = RemoteSettings.Read(store, new("/workspace", ImmutableSortedDictionary<string, string>.Empty), ImmutableSortedDictionary<string, string>.Empty, diagnostics);
        return (options, diagnostics.Sorted());
    }
}
