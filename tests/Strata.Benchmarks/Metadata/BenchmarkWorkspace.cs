using System.Collections.Immutable;
using Strata.Core;
using Strata.Metadata;

namespace Strata.Benchmarks.Metadata;

/// <summary>A directory with conf/bblayers.conf, to load again and again.</summary>
internal sealed class BenchmarkWorkspace : IDisposable
{
    private const string LocalConfiguration = "CONF_VERSION = \"2\"\nMACHINE ??= \"qemux86-64\"\n";

    private readonly List<string> _reading = [];
    private string _edited = "";
    private Core.Diagnostics _diagnostics = new();

    private BenchmarkWorkspace()
    {
    }

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("strata-benchmark-").FullName;

    private string Layer => Path.Combine(Directory, "meta-bench");

    /// <summary>A checkout of openembedded-core, with ten recipes beside it that read a variable of local.conf.</summary>
    public static BenchmarkWorkspace Of(string checkout)
    {
        var workspace = new BenchmarkWorkspace();
        workspace.WriteConfiguration(Path.Combine(checkout, "meta"));
        workspace.WriteReadingRecipes("");
        return workspace;
    }

    /// <summary>As many recipes as asked for, each with classes, an include, overrides, packages and variants as usual ones have.</summary>
    public static BenchmarkWorkspace Generate(int recipes)
    {
        var workspace = new BenchmarkWorkspace();
        workspace.WriteConfiguration(workspace.Layer + "-base");
        workspace.WriteBaseLayer();
        workspace.WriteReadingRecipes("inherit autotools packaging\n");
        for (var i = 0; i < recipes; i++) workspace.Write($"meta-bench-base/recipes/r{i}/r{i}_{i % 9}.{i % 7}.bb", RecipeText(i));
        return workspace;
    }

    public LoadedMetadata Load(bool withCache)
    {
        _diagnostics = new();
        return MetadataLoader.Load(new()
        {
            TopDirectory = Directory,
            Threads = Environment.ProcessorCount,
            Variables = ImmutableSortedDictionary<string, string>.Empty.Add("BUILD_ARCH", "x86_64"),
            CacheDirectory = withCache ? Path.Combine(Directory, "build/cache/parse") : null,
        }, _diagnostics, CancellationToken.None);
    }

    public IEnumerable<string> Problems() => _diagnostics.Sorted().Where(d => d.Severity == Severity.Error).Select(d => d.ToString()).Take(5);

    public void EditRecipe(int edit) => File.WriteAllText(_reading[0], $"{_edited}PR = \"r{edit}\"\n");

    public void EditVariable(int edit) => Write("conf/local.conf", $"{LocalConfiguration}BENCH_COLOUR = \"{edit}\"\n");

    public void Dispose() => FileTree.Delete(Directory);

    private void WriteConfiguration(string coreLayer)
    {
        Write("conf/bblayers.conf", $"BBPATH = \"${{TOPDIR}}\"\nBBFILES ?= \"\"\nBBLAYERS = \"{coreLayer} {Layer}\"\n");
        Write("conf/local.conf", LocalConfiguration);
        Write("meta-bench/conf/layer.conf", """
            BBPATH .= ":${LAYERDIR}"
            BBFILES += "${LAYERDIR}/recipes/*.bb"
            BBFILE_COLLECTIONS += "bench"
            BBFILE_PATTERN_bench = "^${LAYERDIR}/"
            BBFILE_PRIORITY_bench = "6"
            LAYERSERIES_COMPAT_bench = "${LAYERSERIES_CORENAMES}"

            """);
    }

    private void WriteReadingRecipes(string head)
    {
        _edited = $"{head}SUMMARY = \"reads ${{BENCH_COLOUR}}\"\nLICENSE = \"CLOSED\"\nPROVIDES += \"bench-${{@d.getVar('BENCH_COLOUR') or 'none'}}-${{PN}}\"\n";
        for (var i = 0; i < 10; i++)
        {
            _reading.Add(Path.Combine(Directory, $"meta-bench/recipes/reading{i}_1.0.bb"));
            Write($"meta-bench/recipes/reading{i}_1.0.bb", _edited);
        }
    }

    private void WriteBaseLayer()
    {
        const string Base = "meta-bench-base/";
        Write(Base + "conf/layer.conf", """
            BBPATH .= ":${LAYERDIR}"
            BBFILES += "${LAYERDIR}/recipes/*/*.bb"
            BBFILE_COLLECTIONS += "core"
            BBFILE_PATTERN_core = "^${LAYERDIR}/"
            LAYERSERIES_CORENAMES = "bench"
            LAYERSERIES_COMPAT_core = "bench"

            """);
        Write(Base + "conf/bitbake.conf", """
            TMPDIR ?= "${TOPDIR}/tmp"
            CACHE = "${TMPDIR}/cache"
            FILE_DIRNAME = "${@os.path.dirname(d.getVar('FILE', False))}"
            PN = "${@bb.parse.vars_from_file(d.getVar('FILE', False),d)[0] or 'defaultpkgname'}"
            PV = "${@bb.parse.vars_from_file(d.getVar('FILE', False),d)[1] or '1.0'}"
            PR = "r0"
            P = "${PN}-${PV}"
            WORKDIR = "${TMPDIR}/work/${PN}/${PV}"
            T = "${WORKDIR}/temp"
            STAMP = "${TMPDIR}/stamps/${P}"
            S = "${WORKDIR}/${P}"
            B = "${S}"
            D = "${WORKDIR}/image"
            prefix = "/usr"
            bindir = "${prefix}/bin"
            libdir = "${prefix}/lib"
            includedir = "${prefix}/include"
            datadir = "${prefix}/share"
            PROVIDES = "${PN}"
            PACKAGES = "${PN}-dbg ${PN}-dev ${PN}-doc ${PN}"
            FILES:${PN} = "${bindir}/* ${libdir}/lib*.so.*"
            FILES:${PN}-dev = "${includedir} ${libdir}/lib*.so ${libdir}/pkgconfig"
            FILES:${PN}-doc = "${datadir}/doc ${datadir}/man"
            RDEPENDS:${PN}-dev = "${PN} (= ${PV})"
            MACHINEOVERRIDES ?= "${MACHINE}"
            OVERRIDES = "linux:x86-64:pn-${PN}:${MACHINEOVERRIDES}:class-target:forcevariable"
            BB_SIGNATURE_HANDLER ?= "basichash"
            include conf/local.conf

            """);
        Write(Base + "classes/base.bbclass", "do_build() {\n    :\n}\naddtask build\ndo_fetch() {\n    :\n}\naddtask fetch before do_build\n");
        Write(Base + "classes/autotools.bbclass", """
            DEPENDS:prepend = "autoconf automake libtool "
            EXTRA_OECONF ?= ""
            CONFIGUREOPTS = "--prefix=${prefix} --bindir=${bindir} --libdir=${libdir} --includedir=${includedir}"
            autotools_do_configure() {
                ${S}/configure ${CONFIGUREOPTS} ${EXTRA_OECONF}
            }
            autotools_do_compile() {
                make -C ${B}
            }
            autotools_do_install() {
                make -C ${B} DESTDIR=${D} install
            }
            addtask configure after do_fetch before do_build
            addtask compile after do_configure before do_build
            addtask install after do_compile before do_build
            EXPORT_FUNCTIONS do_configure do_compile do_install

            """);
        Write(Base + "classes/packaging.bbclass", string.Concat(Enumerable.Range(0, 60).Select(i =>
            $"PACKAGE_SETTING_{i} ?= \"${{PN}}-${{PV}}-{i}\"\nPACKAGE_SETTING_{i}:append:linux = \" ${{@bb.utils.contains('DISTRO_FEATURES', 'f{i}', 'on', 'off', d)}}\"\n")));
        Write(Base + "recipes/common.inc", "HOMEPAGE = \"https://example.org/${BPN}\"\nBPN = \"${PN}\"\nSECTION = \"libs\"\nLICENSE = \"MIT\"\n");
    }

    private static string RecipeText(int i) => $"""
        SUMMARY = "Recipe {i}"
        require recipes/common.inc
        inherit autotools packaging
        DEPENDS = "{(i > 0 ? $"r{i / 2}" : "")} {(i > 4 ? $"r{i / 3}" : "")}"
        SRC_URI = "https://example.org/${"{BPN}"}-${"{PV}"}.tar.gz file://fix-{i}.patch"
        SRC_URI[sha256sum] = "{i:x64}"
        EXTRA_OECONF = "--enable-{i % 5}"
        EXTRA_OECONF:append:qemux86-64 = " --with-machine=${"{MACHINE}"}"
        PACKAGES =+ "${"{PN}"}-tools"
        FILES:${"{PN}"}-tools = "${"{bindir}"}/tool-{i}"
        RPROVIDES:${"{PN}"}-tools = "tool-{i}"
        RDEPENDS:${"{PN}"}-tools += "${"{PN}"}"

        """;

    private void Write(string path, string text)
    {
        var file = Path.Combine(Directory, path);
        _ = System.IO.Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
