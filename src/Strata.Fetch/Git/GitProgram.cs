using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>
/// Runs git so that the result depends on the command alone: no system configuration, no hooks, no prompts, no surrounding repository.
/// The user's own configuration stays, because credential helpers and proxies live there.
/// </summary>
/// <param name="host">The caller's environment.</param>
/// <param name="secrets">What of the user git may show to servers.</param>
internal sealed class GitProgram(ImmutableSortedDictionary<string, string> host, SourceSecrets secrets)
{
    private static readonly string[] s_keptPrefixes =
        ["GIT_SSL_", "GIT_SSH", "GIT_PROXY_", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_COUNT", "GIT_CONFIG_KEY_", "GIT_CONFIG_VALUE_", "GIT_AUTHOR_", "GIT_COMMITTER_"];

    private static readonly string[] s_options =
        ["-c", "core.hooksPath=/dev/null", "-c", "core.attributesFile=/dev/null", "-c", "gc.auto=0", "-c", "maintenance.auto=false"];

    /// <summary>No helpers, and nobody who could be asked; an empty helper takes back those of the configuration.</summary>
    private static readonly string[] s_noPasswords = ["-c", "credential.helper=", "-c", "core.askPass="];

    private const string NoKeys = " -o IdentityAgent=none -o PubkeyAuthentication=no -o GSSAPIAuthentication=no -o HostbasedAuthentication=no";

    private readonly ImmutableSortedDictionary<string, string> _environment = Without(secrets, Clean(host));

    public GitProgram(ImmutableSortedDictionary<string, string> host) : this(host, SourceSecrets.All) { }

    /// <param name="repository">A bare repository, or null for commands that need none.</param>
    /// <param name="readOutput">Reads what comes out as bytes; the user's configuration is then left out too.</param>
    /// <exception cref="SourceException">git is not installed.</exception>
    public async Task<ProcessOutcome> RunAsync(string? repository, ImmutableArray<string> arguments, CancellationToken cancel, Action<Stream>? readOutput = null, string? input = null)
    {
        // Naming the repository keeps git from looking for one, and from distrusting one that another user owns.
        string[] where = repository is null ? [] : ["--git-dir", repository];
        var spec = new ProcessSpec
        {
            Command = ["git", .. where, .. s_options, .. secrets.Passwords ? [] : s_noPasswords, .. arguments],
            Environment = readOutput is null ? _environment : _environment.SetItem("GIT_CONFIG_GLOBAL", "/dev/null"),
            ReadOutput = readOutput,
            Input = input,
        };
        try
        {
            return await ProcessRunner.RunAsync(spec, cancel);
        }
        catch (FileNotFoundException)
        {
            throw new SourceException(FetchRules.ToolMissing("git", "to fetch git sources"));
        }
    }

    /// <summary>As <see cref="RunAsync"/>, for what fails only when something is broken here.</summary>
    /// <exception cref="IOException">It failed; with what git said.</exception>
    public async Task RequireAsync(string? repository, ImmutableArray<string> arguments, CancellationToken cancel)
    {
        var outcome = await RunAsync(repository, arguments, cancel);
        if (!outcome.Succeeded) throw new IOException($"git {string.Join(' ', arguments)}: {LastLine(outcome.Error)}");
    }

    /// <summary>What git says last before it gives up; the lines before repeat it in other words.</summary>
    public static string LastLine(string error)
    {
        var lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var told = lines.FirstOrDefault(l => l.StartsWith("fatal:", StringComparison.Ordinal) || l.StartsWith("error:", StringComparison.Ordinal));
        // The reason is what ssh said just before.
        if (told is "fatal: Could not read from remote repository." && lines.IndexOf(told) is > 0 and var at) told = lines[at - 1];
        return (told ?? lines.LastOrDefault() ?? "git failed without a word").Replace("fatal: ", "", StringComparison.Ordinal);
    }

    private static ImmutableSortedDictionary<string, string> Clean(ImmutableSortedDictionary<string, string> host)
    {
        var kept = host.Where(v => !v.Key.StartsWith("GIT_", StringComparison.Ordinal)
            || s_keptPrefixes.Any(p => v.Key.StartsWith(p, StringComparison.Ordinal)));
        var clean = kept.ToImmutableSortedDictionary(StringComparer.Ordinal)
            .SetItem("GIT_CONFIG_NOSYSTEM", "1").SetItem("GIT_TERMINAL_PROMPT", "0").SetItem("LC_ALL", "C");
        return clean.ContainsKey("GIT_SSH_COMMAND") || clean.ContainsKey("GIT_SSH")
            ? clean
            : clean.SetItem("GIT_SSH_COMMAND", "ssh -o BatchMode=yes -o ConnectTimeout=5");
    }

    private static ImmutableSortedDictionary<string, string> Without(SourceSecrets secrets, ImmutableSortedDictionary<string, string> environment)
    {
        if (!secrets.Passwords) environment = WithoutHome(environment);
        if (!secrets.Keys)
            environment = environment.Remove("SSH_AUTH_SOCK").Remove("GIT_SSH").SetItem("GIT_SSH_COMMAND", environment.GetValueOrDefault("GIT_SSH_COMMAND", "ssh -o BatchMode=yes") + NoKeys);
        return environment;
    }

    /// <summary>What git uses for HTTP reads netrc in the home directory and cannot be kept from it; the settings there are named instead.</summary>
    private static ImmutableSortedDictionary<string, string> WithoutHome(ImmutableSortedDictionary<string, string> environment)
    {
        var home = environment.GetValueOrDefault("HOME", "/");
        string[] settings = [Path.Combine(home, ".gitconfig"), Path.Combine(environment.GetValueOrDefault("XDG_CONFIG_HOME", Path.Combine(home, ".config")), "git", "config")];
        var global = environment.GetValueOrDefault("GIT_CONFIG_GLOBAL") ?? settings.FirstOrDefault(File.Exists) ?? "/dev/null";
        return environment.Remove("SSH_ASKPASS").SetItem("GIT_CONFIG_GLOBAL", global).SetItem("HOME", "/nonexistent");
    }
}
