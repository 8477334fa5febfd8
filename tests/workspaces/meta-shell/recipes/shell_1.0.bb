SUMMARY = "The sandbox of every recipe: a shell and core utilities of the build machine"

HOST_PACKAGES = "dash coreutils"
HOST_PACKAGES_PRESENT = ""
HOST_PACKAGE_VERSIONS = ""
addtask populate_sysroot before do_build
do_populate_sysroot[builtin] = "import_host_packages"
do_populate_sysroot[artifact] = "${SYSROOT_DESTDIR}"
do_populate_sysroot[mount] = "/"
do_populate_sysroot[vardeps] = "HOST_PACKAGE_VERSIONS SYSROOT_DESTDIR"
