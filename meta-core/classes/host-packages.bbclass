# Imports programs from packages of the build machine's distribution, for the sandbox of other recipes.
#
#     inherit host-packages
#     HOST_PACKAGES = "cmake"
#
# Takes exactly the files of these packages and of what they depend on; nothing else of the build machine is visible to any task.
# HOST_PACKAGE_VERSIONS is filled in by Strata: the closure, with versions, so that an upgrade of the build machine is a new key.

inherit native

INHIBIT_DEFAULT_DEPS = "1"
LICENSE = "CLOSED"
HOST_PACKAGES ?= ""
# What the importing sandbox has anyway, because it comes with this one.
HOST_PACKAGES_PRESENT ?= "${HOST_TOOLS_PACKAGES}"
HOST_PACKAGE_VERSIONS ?= ""
# Counts changes of Strata that import other files of the same packages.
HOST_PACKAGE_FORMAT = "3"

deltask do_fetch
deltask do_unpack
deltask do_patch
deltask do_scan
deltask do_configure
deltask do_compile
deltask do_install
deltask do_populate_lic

addtask populate_sysroot before do_build
do_populate_sysroot[builtin] = "import_host_packages"
do_populate_sysroot[depends] = "${@'host-tools:do_populate_sysroot' if d.getVar('HOST_PACKAGES_PRESENT') else ''}"
do_populate_sysroot[vardeps] = "HOST_PACKAGE_VERSIONS HOST_PACKAGE_FORMAT SYSROOT_DESTDIR"
