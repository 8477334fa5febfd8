using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>
/// Runs the host's apt with private state. The private settings are given with <c>-c</c>, because those are read last: what the host
/// says about proxies, passwords and trust holds, but its lists, its caches and its hooks are left alone.
/// </summary>
internal sealed class AptProgram(string directory, ImmutableSortedDictionary<string, string> host)
{
    private const string Helper = "/usr/lib/apt/apt-helper";

    private readonly string _configuration = Path.Combine(directory, "apt.conf");

    private readonly ImmutableSortedDictionary<string, string> _environment =
        host.SetItem("LC_ALL", "C").SetItem("DEBIAN_FRONTEND", "noninteractive").SetItem("TMPDIR", Path.Combine(directory, "tmp"));

    public static bool IsInstalled => File.Exists(Helper);

    public string ListsDirectory { get; } = Path.Combine(directory, "lists");

    /// <summary>The private directories and settings, with the source lists of the host turned into ones of its sources.</summary>
    public async Task PrepareAsync(string? sourceList, string? sourceParts, CancellationToken cancel)
    {
        foreach (var part in new[] { "sources.d", "lists/partial", "cache/archives/partial", "tmp", "files" })
            Directory.CreateDirectory(Path.Combine(directory, part));
        var (list, parts) = sourceList is null || sourceParts is null ? await HostPlacesAsync(cancel) : (sourceList, sourceParts);
        WriteSources(list, parts);
        AtomicFile.WriteAllText(_configuration, $"""
            #clear APT::Update;
            #clear DPkg;
            APT::Update::Error-Mode "any";
            Dir::State "{directory}";
            Dir::State::lists "{ListsDirectory}";
            Dir::State::status "/dev/null";
            Dir::Cache "{directory}/cache";
            Dir::Cache::archives "archives/";
            Dir::Cache::pkgcache "";
            Dir::Cache::srcpkgcache "";
            Dir::Etc::sourcelist "/dev/null";
            Dir::Etc::sourceparts "{directory}/sources.d";
            Dir::Log "{directory}/log";
            APT::Get::List-Cleanup "true";
            APT::Sandbox::User "root";
            Acquire::Languages "none";
            Acquire::http::Timeout "15";
            Acquire::https::Timeout "15";
            Debug::NoLocking "true";

            """);
    }

    public Task<ProcessOutcome> UpdateAsync(CancellationToken cancel) => RunAsync(["apt-get", "-c", _configuration, "--quiet=2", "update"], null, cancel);

    /// <summary>The source indexes that are here, each with the address its file names are relative to.</summary>
    public async Task<ImmutableArray<(string File, string Base)>> IndexesAsync(CancellationToken cancel)
    {
        var outcome = await RunAsync(
            ["apt-get", "-c", _configuration, "indextargets", "--format", "$(FILENAME) $(REPO_URI)", "Created-By: Sources"], null, cancel);
        return [.. outcome.Output.Split('\n').Select(l => l.Split(' ')).Where(w => w.Length == 2 && File.Exists(w[0])).Select(w => (w[0], w[1]))];
    }

    public Task<ProcessOutcome> ReadAsync(string list, Action<Stream> read, CancellationToken cancel) =>
        RunAsync([Helper, "-c", _configuration, "cat-file", list], read, cancel);

    public Task<ProcessOutcome> DownloadAsync(string address, string file, Digest digest, CancellationToken cancel) =>
        RunAsync([Helper, "-c", _configuration, "-qq", "download-file", address, file, $"SHA256:{digest.Hex}"], null, cancel);

    private async Task<(string List, string Parts)> HostPlacesAsync(CancellationToken cancel)
    {
        var outcome = await RunAsync(["apt-config", "shell", "LIST", "Dir::Etc::sourcelist/f", "PARTS", "Dir::Etc::sourceparts/d"], null, cancel);
        return (Value("LIST") ?? "/etc/apt/sources.list", Value("PARTS") ?? "/etc/apt/sources.list.d");

        string? Value(string name) => outcome.Output.Split('\n')
            .Where(l => l.StartsWith(name + "='", StringComparison.Ordinal)).Select(l => l[(name.Length + 2)..].TrimEnd('\'')).FirstOrDefault();
    }

    private void WriteSources(string list, string parts)
    {
        var target = Path.Combine(directory, "sources.d");
        var wanted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (File.Exists(list)) wanted["host.list"] = AptSources.FromOneLine(File.ReadAllText(list));
        if (Directory.Exists(parts))
            foreach (var file in Directory.EnumerateFiles(parts))
                if (Convert(file) is { } text) wanted["parts-" + Path.GetFileName(file)] = text;

        foreach (var old in Directory.EnumerateFiles(target))
            if (!wanted.ContainsKey(Path.GetFileName(old))) File.Delete(old);
        foreach (var (name, text) in wanted) AtomicFile.WriteAllText(Path.Combine(target, name), text);
    }

    private static string? Convert(string file) => Path.GetExtension(file) switch
    {
        ".list" => AptSources.FromOneLine(File.ReadAllText(file)),
        ".sources" => AptSources.FromDeb822(File.ReadAllText(file)),
        _ => null,      // apt reads no others
    };

    private async Task<ProcessOutcome> RunAsync(ImmutableArray<string> command, Action<Stream>? read, CancellationToken cancel)
    {
        try
        {
            return await ProcessRunner.RunAsync(new() { Command = command, Environment = _environment, ReadOutput = read }, cancel);
        }
        catch (FileNotFoundException e) when (e.FileName == command[0])
        {
            return new(127, "", e.Message);
        }
    }
}
