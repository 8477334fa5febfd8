SUMMARY = "Assembler, linker and tools for object files of the target"
HOMEPAGE = "https://www.gnu.org/software/binutils/"
LICENSE = "GPL-3.0-or-later"
LIC_FILES_CHKSUM = "file://COPYING3;sha256=8ceb4b9ee5adedde47b31e975c1d90c73ad27b6b165a1dcd80c7c545eb65b903"

# Debian's copy leaves out documents; the code is upstream's.
SRC_URI = "${DEBIAN_MIRROR}/main/b/binutils/binutils_${PV}.orig.tar.xz"
SRC_URI[sha256sum] = "d78c2d2eb24a9be1e02f8854cb1bd435556d7f584fb6bfb6b07e6527d43fc41d"
S = "${UNPACKDIR}/binutils-${PV}"

inherit autotools cross

WORK_CLASS .= "-${TCLIBC}"

EXTRA_OECONF = " \
    --target=${TARGET_SYS} --with-sysroot=${STAGING_DIR_TARGET} --disable-multilib --disable-nls --disable-werror --disable-gprofng \
    --disable-gdb --disable-gdbserver --disable-sim --disable-readline --enable-plugins --enable-deterministic-archives \
"
# No manuals.
EXTRA_OEMAKE = "MAKEINFO=true"

do_install:append () {
    # Libraries for debuggers, for the build machine; and what other recipes call by the target's name.
    rm -rf ${D}${includedir} ${D}${libdir}/lib* ${D}${datadir}
    ln -s pkg-config ${D}${bindir}/${TARGET_PREFIX}pkg-config
}
