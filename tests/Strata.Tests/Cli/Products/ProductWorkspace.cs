using System.Collections.Immutable;
using Strata.Cli;
using Strata.Core;
using Strata.Tests.Fetch;

namespace Strata.Tests.Cli.Products;

/// <summary>A directory with upstream repositories of layers and a product file, in which <c>strata</c> and kas run.</summary>
public sealed class ProductWorkspace : IDisposable
{
    public string Top { get; } = Directory.CreateTempSubdirectory("strata-product-").FullName;

    public void Dispose() => FileTree.Delete(Top);

    public string PathOf(string file) => Path.Combine(Top, file);

    public string Read(string file) => File.ReadAllText(PathOf(file));

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }

    /// <summary>Starts an upstream repository with the layers named and commits it.</summary>
    /// <returns>The commit.</returns>
    public async Task<string> Upstream(string name, params string[] layers)
    {
        Write($"up/{name}/README", "one\n");
        foreach (var layer in layers)
        {
            var id = Path.GetFileName(layer);
            Write($"up/{name}/{layer}/conf/layer.conf", $"BBPATH .= \":${{LAYERDIR}}\"\nBBFILE_COLLECTIONS += \"{id}\"\nBBFILE_PATTERN_{id} = \"^${{LAYERDIR}}/\"\nBBFILE_PRIORITY_{id} = \"7\"\n");
        }
        await Git($"up/{name}", "init", "--quiet", "--initial-branch=main");
        return await Commit(name);
    }

    public async Task<string> Commit(string name)
    {
        await Git($"up/{name}", "add", "--all");
        await Git($"up/{name}", "commit", "--quiet", "--message", "change");
        return (await Git($"up/{name}", "rev-parse", "HEAD")).Trim();
    }

    public string Url(string name) => $"file://{PathOf($"up/{name}")}";

    public async Task<string> Git(string directory, params string[] arguments) => (await Run(directory, ImmutableSortedDictionary<string, string>.Empty, ["git", .. arguments])).Output;

    /// <summary>A program of the machine, which has to be installed and to succeed.</summary>
    public async Task<ProcessOutcome> Run(string directory, ImmutableSortedDictionary<string, string> environment, ImmutableArray<string> command)
    {
        var identity = new[] { "AUTHOR", "COMMITTER" }.SelectMany(who => new[] { KeyValuePair.Create($"GIT_{who}_NAME", "a"), KeyValuePair.Create($"GIT_{who}_EMAIL", "a@example.org") });
        var outcome = await ProcessRunner.RunAsync(new()
        {
            Command = command,
            WorkingDirectory = PathOf(directory),
            Environment = HostEnvironment.Current.SetItems(identity).SetItem("GIT_CONFIG_NOSYSTEM", "1").SetItems(environment),
        }, TestContext.Current.CancellationToken);
        Assert.True(outcome.Succeeded, $"{string.Join(' ', command)}\n{outcome.Output}{outcome.Error}");
        return outcome;
    }

    public async Task<CliRun> Strata(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var context = new CommandContext
        {
            Output = output,
            Error = error,
            IsTerminal = false,
            CurrentDirectory = Top,
            Environment = HostEnvironment.Current.RemoveRange(["MACHINE", "DISTRO", "DL_DIR"]),
        };
        return new(await CommandLineInterface.RunAsync(arguments, context, TestContext.Current.CancellationToken), output.ToString(), error.ToString());
    }
}
