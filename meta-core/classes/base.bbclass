# What every recipe is: the chain of tasks from sources to packages. Inherited automatically.
#
# Shell tasks run in the sandbox; a task with [builtin] is carried out by Strata itself. A task with [artifact] gives its
# directory to the shared-state cache; with [mount], dependants see it at that path.
#
# What a task takes from others while it runs, no part of any key:
#     do_x[network] = "1"                       the network; such tasks wait rather than compute, so they take no job
#     do_x[lockfiles] = "${WORKDIR}/x.lock"     no two tasks that name the same one run at once (a name, no file is made)
#     do_x[resources] = "memory:2G lock:x time:90m max-memory:4G max-processes:500"
#         memory: so much of what --max-memory (or the machine) has; a task that wants more than that runs alone
#         lock:   as [lockfiles]
#         time:   after so long (s, m, h) the task is ended and has failed
#         max-memory, max-processes: likewise when all its processes together have more, or when there are more of them (looked at twice a second)
#
# Secrets, no part of any key either, there for that task only; a task that leaves one in its log or its files fails:
#     do_x[secrets] = "netrc ssh-agent token"
#         netrc:     ~/.netrc as $NETRC and $HOME/.netrc; do_fetch, which is built in, also asks git's credential helpers
#         ssh-agent: the agent of the user, as $SSH_AUTH_SOCK; do_fetch may also use the keys in ~/.ssh
#         token:     the file that conf/local.conf names with STRATA_SECRETS[token] = "FILE", as $STRATA_SECRETS/token

BASE_DEPENDS = "host-tools virtual/cross-cc virtual/libc ${COMPILER_LIBRARIES}"
BASE_DEPENDS:class-native = "host-tools"
# Recipes that the toolchain itself is made of switch this off.
INHIBIT_DEFAULT_DEPS ?= ""
DEPENDS:prepend = "${@'' if d.getVar('INHIBIT_DEFAULT_DEPS') else d.getVar('BASE_DEPENDS')} "

# Options that a layer can switch:
#     PACKAGECONFIG ??= "tls"
#     PACKAGECONFIG[tls] = "--with-tls,--without-tls,openssl,ca-certificates"
# are the words for configure when it is on, when it is off, what it needs to build, what it needs to run, and what it recommends.
PACKAGECONFIG ??= ""
PACKAGECONFIG_ON = "${@' '.join(n for n in sorted(d.getVarFlags('PACKAGECONFIG') or {}) if n in d.getVar('PACKAGECONFIG').split())}"
PACKAGECONFIG_OFF = "${@' '.join(n for n in sorted(d.getVarFlags('PACKAGECONFIG') or {}) if n not in (d.getVar('PACKAGECONFIG') + ' doc').split())}"
PACKAGECONFIG_CONFARGS = " \
    ${@' '.join(d.getVarFlag('PACKAGECONFIG', n).split(',')[0] for n in d.getVar('PACKAGECONFIG_ON').split())} \
    ${@' '.join((d.getVarFlag('PACKAGECONFIG', n) + ',').split(',')[1] for n in d.getVar('PACKAGECONFIG_OFF').split())} \
"
PACKAGECONFIG_CONFARGS[vardepvalue] = "${PACKAGECONFIG_CONFARGS}"
DEPENDS:append = " ${@' '.join((d.getVarFlag('PACKAGECONFIG', n) + ',,').split(',')[2] for n in d.getVar('PACKAGECONFIG_ON').split())}"
RDEPENDS:${PN}:append = " ${@' '.join((d.getVarFlag('PACKAGECONFIG', n) + ',,,').split(',')[3] for n in d.getVar('PACKAGECONFIG_ON').split())}"
RRECOMMENDS:${PN}:append = " ${@' '.join((d.getVarFlag('PACKAGECONFIG', n) + ',,,,').split(',')[4] for n in d.getVar('PACKAGECONFIG_ON').split())}"

addtask fetch
do_fetch[builtin] = "fetch"
do_fetch[network] = "1"
# FILESPATH is no part of keys, the content of the files found along it is.
do_fetch[vardeps] = "${SOURCE_PINS} FILESPATH"

addtask unpack after do_fetch
do_unpack[builtin] = "unpack"
do_unpack[cleandirs] = "${UNPACKDIR}"
do_unpack[vardeps] = "${SOURCE_PINS} FILESPATH UNPACKDIR SOURCE_DATE_EPOCH"

addtask patch after do_unpack
do_patch[builtin] = "patch"
do_patch[vardeps] = "${SOURCE_PINS} FILESPATH UNPACKDIR S"

# What the sources say of their licences, before generated files lie among them.
addtask scan after do_patch
do_scan[builtin] = "scan"
do_scan[vardeps] = "S WORKDIR"

addtask configure after do_scan
do_configure[deptask] = "do_populate_sysroot"
do_configure[dirs] = "${B}"
do_configure[cleandirs] = "${@d.getVar('B') if d.getVar('B') != d.getVar('S') else ''}"
base_do_configure () {
    :
}

addtask compile after do_configure
do_compile[dirs] = "${B}"
do_compile[cleandirs] += "${STRATA_LINKS}"
base_do_compile () {
    if [ -e Makefile ] || [ -e makefile ] || [ -e GNUmakefile ]; then
        oe_runmake
    fi
}

addtask install after do_compile
do_install[dirs] = "${B}"
do_install[cleandirs] = "${D}"
# Owners, devices and capabilities: FILE_OWNERS declares them, by the names of users that USERADD_PARAM makes. For scripts that insist on
#     fakeroot do_install () {
#         chown 33:33 ${D}/var/www                            numbers, or the names root and nobody
#         mknod ${D}/dev/console c 5 1
#         setcap cap_net_raw+ep ${D}${bindir}/ping
#     }
# do_package takes over what the script made; what FILE_OWNERS declares beats it.
do_install[depends] += "${@'fakeroot-native:do_populate_sysroot' if d.getVarFlag('do_install', 'fakeroot') else ''}"
base_do_install () {
    :
}

# Other classes bring their own; a recipe's own body beats them all.
EXPORT_FUNCTIONS do_configure do_compile do_install

addtask populate_sysroot after do_install
do_populate_sysroot[artifact] = "${SYSROOT_DESTDIR}"
do_populate_sysroot[mount] = "${STAGING_DIR_HOST}"
do_populate_sysroot[cleandirs] = "${SYSROOT_DESTDIR}"
# The directories of ${D} that other recipes build against.
SYSROOT_DIRS ?= "${includedir} ${libdir} ${datadir}/pkgconfig ${datadir}/aclocal ${datadir}/cmake"
do_populate_sysroot () {
    for dir in ${SYSROOT_DIRS}; do
        if [ -d "${D}$dir" ]; then
            mkdir -p "${SYSROOT_DESTDIR}$dir"
            cp -a "${D}$dir/." "${SYSROOT_DESTDIR}$dir/"
        fi
    done
}

addtask package after do_install
do_package[builtin] = "package"
do_package[deptask] = "do_package"
do_package[artifact] = "${WORKDIR}/packages"
do_package[cleandirs] = "${WORKDIR}/packages ${PKGD}"
# What is compiled with -g goes into ${PN}-dbg as /usr/lib/debug/PATH.debug, where gdb finds it by the link left in the program.
INHIBIT_PACKAGE_DEBUG_SPLIT ?= ""
# The copy of ${D} in which files are stripped.
PKGD = "${WORKDIR}/package"
# Only what runs on the target becomes files for package managers; see package_deb.bbclass.
PACKAGE_WRITE_NOEXEC ?= "${@'' if d.getVar('CLASSOVERRIDE') == 'class-target' else '1'}"
# What package managers run, and what an image runs on its first boot.
PACKAGE_SCRIPTS = "pkg_preinst pkg_postinst pkg_postinst_ontarget pkg_prerm pkg_postrm"
PACKAGE_VARIABLES = "SUMMARY DESCRIPTION SECTION LICENSE FILES RDEPENDS RRECOMMENDS RPROVIDES RCONFLICTS RREPLACES ALLOW_EMPTY CONFFILES INSANE_SKIP PRIVATE_LIBS ALTERNATIVES USERADD_PARAM GROUPADD_PARAM ${PACKAGE_SCRIPTS}"
# How loud each check of packages and images is: what stands in neither list is silent, and INSANE_SKIP:PACKAGE silences a check for one package.
ERROR_QA ?= " \
    arch dep-cmp expanded-d file-clash file-rdeps image-basics installed-vs-shipped la libdir pkgconfig program-loader rpaths shebang-size \
    symlink-to-sysroot tmp-mode usrmerge version-symbols virtual-slash \
"
WARN_QA ?= " \
    already-stripped alternatives-tie buildpaths debug-deps debug-files dev-deps dev-elf dev-so directory-mode empty-dirs files-invalid infodir \
    perllocalpod pkgconfig-deps script-interpreter setuid shared-host-key soname-link staticdev textrel useless-rpaths world-writable \
"
do_package[vardeps] = " \
    PN PACKAGE_VERSION PKGR D PKGD PACKAGES PACKAGE_ARCH HOMEPAGE MAINTAINER STRIP OBJCOPY INHIBIT_PACKAGE_STRIP INHIBIT_PACKAGE_DEBUG_SPLIT FILE_OWNERS \
    WORKDIR S B UNPACKDIR STAGING_DIR_TARGET STRATA_LINKS LINKED_RUNTIME ERROR_QA WARN_QA HOST_ARCH libdir ${PACKAGE_VARIABLES} \
    ${@' '.join(v + ':' + p for p in d.getVar('PACKAGES').split() for v in d.getVar('PACKAGE_VARIABLES').split())} \
"

# What the packages need at run time and nobody links against; images follow it from recipe to recipe.
addtask package_needs after do_package
do_package_needs[noexec] = "1"
do_package_needs[rdeptask] = "do_package"

# Where the code comes from, under which terms, and by which names vulnerability databases know it.
CVE_PRODUCT ??= "${BPN}"
CVE_VERSION ??= "${PV}"
addtask populate_lic after do_scan
do_populate_lic[builtin] = "licenses"
do_populate_lic[artifact] = "${WORKDIR}/licenses"
do_populate_lic[cleandirs] = "${WORKDIR}/licenses"
do_populate_lic[vardeps] = "PN PV SUMMARY HOMEPAGE LICENSE PACKAGES ${@' '.join('LICENSE:' + p for p in d.getVar('PACKAGES').split())} LIC_FILES_CHKSUM S UNPACKDIR ${SOURCE_PINS} FILESPATH CVE_PRODUCT CVE_VERSION"

addtask build after do_populate_sysroot do_package do_populate_lic
do_build[noexec] = "1"

# Make, failing loudly. Parallelism comes from Strata's job-server.
oe_runmake () {
    make ${EXTRA_OEMAKE} "$@"
}
