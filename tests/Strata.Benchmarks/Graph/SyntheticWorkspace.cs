using System.Globalization;
using System.Text;

namespace Strata.Benchmarks.Graph;

/// <summary>
/// A workspace of many recipes with five tasks each, in layers as real builds are: about twenty recipes wide, each with three
/// dependencies below it. Deterministic.
/// </summary>
public static class SyntheticWorkspace
{
    private const int Width = 20;
    private const int FilesInDirectory = 500;

    private const string Layer = """
        BBPATH .= ":${LAYERDIR}"
        BBFILES += "${LAYERDIR}/recipes-*/*.bb"
        BBFILE_COLLECTIONS += "a"
        BBFILE_PATTERN_a = "^${LAYERDIR}/"
        BBFILE_PRIORITY_a = "5"
        LAYERSERIES_CORENAMES = "strata"
        LAYERSERIES_COMPAT_a = "strata"

        """;

    private const string Configuration = """
        PN = "${@bb.parse.vars_from_file(d.getVar('FILE', False),d)[0] or 'defaultpkgname'}"
        PV = "${@bb.parse.vars_from_file(d.getVar('FILE', False),d)[1] or '1.0'}"
        PR = "r0"
        P = "${PN}-${PV}"
        FILE_DIRNAME = "${@os.path.dirname(d.getVar('FILE', False))}"
        FILESPATH = "${FILE_DIRNAME}/${PN}:${FILE_DIRNAME}/files"
        WORKDIR = "/build/work/${P}"
        WORK_PLACE = "target/${PN}/${PV}"
        S = "${WORKDIR}/${P}"
        B = "${S}"
        D = "${WORKDIR}/install"
        TMPDIR = "${TOPDIR}/tmp"
        DL_DIR = "${TOPDIR}/downloads"
        DEPENDS = ""
        RDEPENDS = ""
        PROVIDES = ""
        PROVIDES:prepend = "${PN} "
        PACKAGES = "${PN}-dev ${PN}"
        TARGET_ARCH = "aarch64"
        TARGET_OS = "linux"
        TARGET_SYS = "${TARGET_ARCH}-${TARGET_OS}"
        HOST_SYS = "${TARGET_SYS}"
        BUILD_SYS = "x86_64-linux"
        prefix = "/usr"
        exec_prefix = "${prefix}"
        bindir = "${exec_prefix}/bin"
        libdir = "${exec_prefix}/lib"
        includedir = "${exec_prefix}/include"
        datadir = "${prefix}/share"
        sysconfdir = "/etc"
        localstatedir = "/var"
        TUNE_CCARGS = "-march=armv8-a -mtune=cortex-a57"
        TARGET_CC_ARCH = "${TUNE_CCARGS}"
        SELECTED_OPTIMIZATION = "-O2 -g ${DEBUG_PREFIX_MAP}"
        DEBUG_PREFIX_MAP = "-ffile-prefix-map=${S}=/usr/src/debug/${PN}/${PV}"
        export CC = "${TARGET_SYS}-gcc ${TARGET_CC_ARCH} --sysroot=/build/sysroot"
        export CXX = "${TARGET_SYS}-g++ ${TARGET_CC_ARCH} --sysroot=/build/sysroot"
        export LD = "${TARGET_SYS}-ld --sysroot=/build/sysroot"
        export AR = "${TARGET_SYS}-ar"
        export CPPFLAGS = "${TARGET_CPPFLAGS}"
        export CFLAGS = "${TARGET_CFLAGS}"
        export CXXFLAGS = "${TARGET_CFLAGS}"
        export LDFLAGS = "-Wl,-O1 -Wl,--hash-style=gnu"
        TARGET_CPPFLAGS = ""
        TARGET_CFLAGS = "${TARGET_CPPFLAGS} ${SELECTED_OPTIMIZATION}"
        export PATH = "/usr/bin:/bin"
        CLASSOVERRIDE ?= "class-target"
        OVERRIDES = "${TARGET_OS}:${TARGET_ARCH}:pn-${PN}:${CLASSOVERRIDE}"
        BB_BASEHASH_IGNORE_VARS = "TMPDIR TOPDIR DL_DIR FILE FILE_DIRNAME FILESPATH WORK_PLACE"

        """;

    private const string BaseClass = """
        addtask fetch
        do_fetch[builtin] = "fetch"
        do_fetch[vardeps] = "SRC_URI PN PV"
        addtask patch after do_fetch
        do_patch () {
            apply_patches ${S}
        }
        apply_patches () {
            say "patching $1"
        }
        addtask configure after do_patch
        do_configure[deptask] = "do_stage"
        do_configure[dirs] = "${B}"
        do_configure () {
            cd ${B}
            run_configure --prefix=${prefix} --sysconfdir=${sysconfdir} ${EXTRA_CONF}
        }
        run_configure () {
            say "configuring ${PN}"
            ${S}/configure --host=${HOST_SYS} --build=${BUILD_SYS} --bindir=${bindir} --libdir=${libdir} --includedir=${includedir} \
                --datadir=${datadir} --localstatedir=${localstatedir} ${PACKAGE_OPTIONS} "$@" || fail "configure of ${PN}"
        }
        addtask compile after do_configure
        do_compile[dirs] = "${B}"
        do_compile () {
            run_make all
        }
        run_make () {
            make ${MAKE_OPTIONS} "$@" || fail "make of ${PN}"
        }
        addtask stage after do_compile
        do_stage[artifact] = "${D}"
        do_stage[mount] = "/build/sysroot"
        do_stage[cleandirs] = "${D}"
        do_stage () {
            run_make install DESTDIR=${D}
            rm -rf ${D}${datadir}/doc
        }
        addtask build after do_stage
        do_build[noexec] = "1"
        say () {
            echo "$1"
        }
        fail () {
            say "$1 failed" >&2
            exit 1
        }
        OPTIONS ?= ""
        PACKAGE_OPTIONS = "${@'--enable-nls' if 'nls' in (d.getVar('OPTIONS') or '').split() else '--disable-nls'} ${@d.getVar('OPTIONS')}"
        MAKE_OPTIONS = "V=1"
        EXTRA_CONF = ""

        """;

    /// <summary>What needs all recipes.</summary>
    public const string Target = "everything";

    /// <summary>Writes it below <paramref name="root"/>.</summary>
    public static void Create(string root, int recipes)
    {
        Write(root, "conf/bblayers.conf", "BBPATH = \"${TOPDIR}\"\nBBFILES ?= \"\"\nBBLAYERS = \"${TOPDIR}/meta-a\"\n");
        Write(root, "meta-a/conf/layer.conf", Layer);
        Write(root, "meta-a/conf/bitbake.conf", Configuration);
        Write(root, "meta-a/classes/base.bbclass", BaseClass);
        for (var i = 0; i < recipes; i++) Write(root, $"meta-a/recipes-{i / FilesInDirectory}/{NameOf(i)}_1.{i % 10}.bb", Recipe(i));
        var top = Enumerable.Range(Math.Max(0, recipes - Width), Math.Min(Width, recipes)).Select(NameOf);
        Write(root, $"meta-a/recipes-all/{Target}_1.0.bb", $"DEPENDS = \"{string.Join(' ', top)}\"\n");
    }

    private static string NameOf(int i) => string.Create(CultureInfo.InvariantCulture, $"recipe{i:00000}");

    private static string Recipe(int i)
    {
        var text = new StringBuilder();
        _ = text.Append(CultureInfo.InvariantCulture, $"SUMMARY = \"Recipe number {i}\"\nLICENSE = \"MIT\"\n");
        _ = text.Append(CultureInfo.InvariantCulture, $"SRC_URI = \"https://example.org/${{P}}.tar.gz\"\nSRC_URI[sha256sum] = \"{i:x64}\"\n");
        if (i >= Width) _ = text.Append(CultureInfo.InvariantCulture, $"DEPENDS = \"{NameOf(i - Width)} {NameOf(Below(i, 3))} {NameOf(Below(i, 7))}\"\n");
        if (i % 2 == 0) _ = text.Append(CultureInfo.InvariantCulture, $"EXTRA_CONF = \"--with-number={i}\"\n");
        if (i % 3 == 0) _ = text.Append("OPTIONS = \"nls shared\"\n");
        if (i % 5 == 0) _ = text.Append(CultureInfo.InvariantCulture, $"do_stage:append () {{\n    echo {i} > ${{D}}/number\n}}\n");
        return text.ToString();
    }

    /// <summary>A recipe of the row below.</summary>
    private static int Below(int i, int step) => (i / Width * Width) - Width + ((i + step) % Width);

    private static void Write(string root, string path, string text)
    {
        var full = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
