using System.Collections.Immutable;
using Strata.Core;
using Strata.Sandbox;

namespace Strata.Tests.Sandbox;

/// <summary>A scratch directory with a sandbox runner, a work directory and a log.</summary>
public sealed class SandboxFixture : IAsyncDisposable
{
    public SandboxFixture()
    {
        Directory.CreateDirectory(WorkDirectory);
        Runner = new SandboxRunner(Path("sandbox"));
    }

    public string Root { get; } = AtomicFile.ScratchName(System.IO.Path.Combine(System.IO.Path.GetTempPath(), "strata-sandbox"));

    public SandboxRunner Runner { get; }

    public string WorkDirectory => Path("work");

    public string LogFile => Path("log");

    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    public string Path(string name) => System.IO.Path.Combine(Root, name);

    /// <summary>A directory of files, as an artifact would be.</summary>
    public string Tree(string name, params (string Path, string Text)[] files)
    {
        var tree = Path(name);
        Directory.CreateDirectory(tree);
        foreach (var (path, text) in files)
        {
            var file = System.IO.Path.Combine(tree, path);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
        return tree;
    }

    /// <summary>A shell command that sees the host's /usr and the work directory.</summary>
    public SandboxSpec Shell(string script) => new()
    {
        Command = ["/bin/sh", "-ec", script],
        HostRoot = true,
        Mounts = [new(WorkDirectory, "/build/work/x-1", Writable: true)],
        WorkingDirectory = "/build/work/x-1",
        Environment = ImmutableSortedDictionary<string, string>.Empty.Add("PATH", "/usr/bin:/bin"),
    };

    /// <summary>Runs it and returns exit code and output.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(SandboxSpec spec)
    {
        File.Delete(LogFile);
        var outcome = await Runner.RunAsync(spec, LogFile, TestContext.Current.CancellationToken);
        return (outcome.ExitCode, Log);
    }

    public async ValueTask DisposeAsync()
    {
        await Runner.DisposeAsync();
        FileTree.Delete(Root);
    }
}
