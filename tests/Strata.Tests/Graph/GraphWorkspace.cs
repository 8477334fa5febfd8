using System.Collections.Immutable;
using Strata.Core;
using Strata.Graph;
using Strata.Metadata;

namespace Strata.Tests.Graph;

/// <summary>A little workspace in a temporary directory, with a configuration of its own that has just what graphs need.</summary>
internal sealed class GraphWorkspace : IDisposable
{
    private const string Configuration = """
        PN = "${@bb.parse.vars_from_file(d.getVar('FILE', False),d)[0] or 'defaultpkgname'}"
        PV = "${@bb.parse.vars_from_file(d.getVar('FILE', False),d)[1] or '1.0'}"
        PR = "r0"
        P = "${PN}-${PV}"
        FILE_DIRNAME = "${@os.path.dirname(d.getVar('FILE', False))}"
        FILESPATH = "${FILE_DIRNAME}/${PN}:${FILE_DIRNAME}/files"
        WORKDIR = "/build/work/${P}"
        WORK_PLACE = "target/${PN}/${PV}"
        TMPDIR = "${TOPDIR}/tmp"
        DL_DIR = "${TOPDIR}/downloads"
        DEPENDS = ""
        RDEPENDS = ""
        PROVIDES = ""
        PROVIDES:prepend = "${PN} "
        PACKAGES = "${PN} ${PN}-dev"
        CLASSOVERRIDE ?= "class-target"
        OVERRIDES = "linux:pn-${PN}:${CLASSOVERRIDE}"
        export PATH = "/usr/bin"
        BB_BASEHASH_IGNORE_VARS ?= "TMPDIR TOPDIR DL_DIR FILE FILE_DIRNAME FILESPATH WORK_PLACE"
        include conf/local.conf
        """;

    private const string BaseClass = """
        addtask build
        do_build[noexec] = "1"
        do_build () {
            :
        }
        """;

    private readonly string _root = Directory.CreateTempSubdirectory("strata-graph-").FullName;

    public GraphWorkspace()
    {
        Write("conf/bblayers.conf", "BBPATH = \"${TOPDIR}\"\nBBFILES ?= \"\"\nBBLAYERS = \"${TOPDIR}/meta-a\"\n");
        Write("meta-a/conf/layer.conf", """
            BBPATH .= ":${LAYERDIR}"
            BBFILES += "${LAYERDIR}/recipes/*.bb"
            BBFILE_COLLECTIONS += "a"
            BBFILE_PATTERN_a = "^${LAYERDIR}/"
            BBFILE_PRIORITY_a = "5"
            LAYERSERIES_CORENAMES = "strata"
            LAYERSERIES_COMPAT_a = "strata"
            """);
        Write("meta-a/conf/bitbake.conf", Configuration);
        Write("meta-a/classes/base.bbclass", BaseClass);
        Write("meta-a/classes-recipe/native.bbclass", "CLASSOVERRIDE = \"class-native\"\n");
    }

    public Diagnostics Diagnostics { get; private set; } = new();

    /// <summary>The codes of what was reported by the latest <see cref="Build"/>.</summary>
    public IEnumerable<string> Codes => Diagnostics.Sorted().Select(d => d.Rule.Code);

    public string PathOf(string relative) => Path.Combine(_root, relative);

    public GraphWorkspace Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), text + "\n");
        return this;
    }

    public GraphWorkspace Recipe(string name, string text) => Write($"meta-a/recipes/{name}{(name.Contains('_') ? "" : "_1.0")}.bb", text);

    public LoadedMetadata Load()
    {
        Diagnostics = new();
        return MetadataLoader.Load(new() { TopDirectory = _root, Threads = 1 }, Diagnostics, CancellationToken.None);
    }

    public TaskGraph? Build(params ImmutableArray<string> targets)
    {
        var metadata = Load();
        Diagnostics = new();
        return GraphBuilder.Build(metadata, targets, Diagnostics, CancellationToken.None);
    }

    /// <summary>Fails with everything that was reported if there is no graph.</summary>
    public TaskGraph Graph(params ImmutableArray<string> targets)
    {
        var graph = Build(targets);
        Assert.True(graph is not null, string.Join('\n', Diagnostics.Sorted()));
        return graph;
    }

    public GraphWorkspace CopyTo(GraphWorkspace other)
    {
        foreach (var file in Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories))
        {
            var target = other.PathOf(Path.GetRelativePath(_root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
        return other;
    }

    public void Dispose() => FileTree.Delete(_root);
}
