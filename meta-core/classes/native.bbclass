# A tool for the build machine: runs in other recipes' sandboxes, at the paths it was installed to.
#
#     inherit native            a recipe that is nothing else
#     BBCLASSEXTEND = "native"  a target recipe that is also wanted as a tool, under the name <PN>-native

CLASSOVERRIDE = "class-native"
BPN = "${@d.getVar('PN').removesuffix('-native')}"

HOST_ARCH = "${BUILD_ARCH}"
HOST_OS = "linux"
HOST_SYS = "${BUILD_SYS}"
HOST_PREFIX = "${BUILD_PREFIX}"
TUNE_CCARGS = ""
PKG_CONFIG_LIBDIR = "${libdir}/pkgconfig:${datadir}/pkgconfig"
PKG_CONFIG_SYSROOT_DIR = ""

# Its place is the root of the sandbox, beside the imported host tools.
STAGING_DIR_HOST = ""
SYSROOT_DIRS = "/"
do_populate_sysroot[mount] = "/"

deltask do_package
deltask do_package_needs
