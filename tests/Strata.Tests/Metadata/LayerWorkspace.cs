using System.Collections.Immutable;
using Strata.Cli;
using Strata.Core;
using Strata.Metadata;

namespace Strata.Tests.Metadata;

/// <summary>A workspace with the corpus's base layer and one layer of the test's own.</summary>
internal sealed class LayerWorkspace : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("strata-metadata-").FullName;

    public LayerWorkspace()
    {
        var baseLayer = RepositoryTree.Path("tests/corpus/parse/base");
        foreach (var file in Directory.EnumerateFiles(baseLayer, "*", SearchOption.AllDirectories))
            Write("base/" + Path.GetRelativePath(baseLayer, file), File.ReadAllText(file));
        Write("conf/bblayers.conf", "BBPATH = \"${TOPDIR}\"\nBBLAYERS = \"${TOPDIR}/base ${TOPDIR}/meta-x\"\n");
        Write("meta-x/conf/layer.conf", """
            BBPATH .= ":${LAYERDIR}"
            BBFILES += "${LAYERDIR}/recipes/*.bb ${LAYERDIR}/recipes/*.bbappend"
            BBFILE_COLLECTIONS += "x"
            BBFILE_PATTERN_x = "^${LAYERDIR}/"
            BBFILE_PRIORITY_x = "6"
            LAYERSERIES_COMPAT_x = "strata"

            """);
    }

    public Diagnostics Diagnostics { get; private set; } = new();

    public LayerWorkspace Write(string path, string text)
    {
        var file = Path.Combine(_root, path);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return this;
    }

    public LayerWorkspace Recipe(string name, string text) => Write($"meta-x/recipes/{name}", text);

    /// <summary>Where a cached load keeps its results.</summary>
    public string CacheDirectory => Path.Combine(_root, "build/cache/parse");

    public LayerWorkspace Delete(string path)
    {
        File.Delete(PathOf(path));
        return this;
    }

    public string PathOf(string path) => Path.Combine(_root, path);

    public LoadedMetadata Load(int threads = 1) => LoadAs(new() { TopDirectory = _root, Threads = threads });

    public LoadedMetadata LoadCached(int threads = 1) => LoadAs(new() { TopDirectory = _root, Threads = threads, CacheDirectory = CacheDirectory });

    /// <summary>The same with other things coming from outside.</summary>
    public LoadedMetadata LoadCached(Func<MetadataRequest, MetadataRequest> change) => LoadAs(change(new() { TopDirectory = _root, CacheDirectory = CacheDirectory }));

    public Recipe LoadOne()
    {
        var metadata = Load();
        Assert.Empty(Diagnostics.Sorted().Where(d => d.Severity == Severity.Error));
        return metadata.Recipes.Single(r => r.Variant.Length == 0);
    }

    private LoadedMetadata LoadAs(MetadataRequest request)
    {
        Diagnostics = new();
        return MetadataLoader.Load(request, Diagnostics, CancellationToken.None);
    }

    /// <summary>Everything reported, with paths relative to the workspace.</summary>
    public ImmutableArray<string> Report() => [.. Diagnostics.Sorted().Select(d => d.ToString().Replace(_root + "/", "", StringComparison.Ordinal))];

    /// <summary>The same with the lines of the files and carets below the places.</summary>
    public string LoadAndReport()
    {
        _ = Load();
        return Relative(string.Concat(Diagnostics.Sorted().Select(d => d.ToStringWithSource() + "\n")));
    }

    /// <summary>What a command of strata, run in the workspace, says to standard error.</summary>
    public async Task<string> RunAsync(string command)
    {
        using var error = new StringWriter();
        var context = new CommandContext
        {
            Output = TextWriter.Null,
            Error = error,
            IsTerminal = false,
            CurrentDirectory = _root,
            Environment = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal),
        };
        _ = await CommandLineInterface.RunAsync(command.Split(' '), context, CancellationToken.None);
        return Relative(error.ToString());
    }

    private string Relative(string text) => text.Replace(_root + "/", "", StringComparison.Ordinal).Replace(_root, ".", StringComparison.Ordinal);

    public LayerWorkspace Remove(string path)
    {
        File.Delete(Path.Combine(_root, path));
        return this;
    }

    public LayerWorkspace WriteBytes(string path, byte[] bytes)
    {
        _ = Write(path, "");
        File.WriteAllBytes(Path.Combine(_root, path), bytes);
        return this;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
