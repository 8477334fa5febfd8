SUMMARY = "GNU C library, from source"
HOMEPAGE = "https://www.gnu.org/software/libc/"
# Programs also contain pieces of libc_nonshared.a, which the licence's exception leaves free.
LICENSE = "LGPL-2.1-or-later"
LIC_FILES_CHKSUM = "file://COPYING.LIB;sha256=dc626520dcd53a22f727af3ee42c770e56c97a64fe3adb063799d8ab032fe551"

# Debian's copy leaves out documents; the code is upstream's.
SRC_URI = "${DEBIAN_MIRROR}/main/g/glibc/glibc_${PV}.orig.tar.xz"
SRC_URI[sha256sum] = "a543c02070d46ccaf866957efd13f10c924daa74c86a90a0254db09a92a708ee"
S = "${UNPACKDIR}/glibc-${PV}"
CVE_PRODUCT = "glibc"

inherit autotools

# The target's compiler needs this library, so a compiler without one makes it.
INHIBIT_DEFAULT_DEPS = "1"
DEPENDS = "host-tools ${BARE_COMPILER} linux-libc-headers bison-native gawk-native python3-native"
PROVIDES = "virtual/libc"
COMPATIBLE_HOST = ".*-gnu"
CC:append = " ${BARE_FLAGS}"
# Its own makefiles say how it is linked.
LDFLAGS = ""
CXX = ""

LOADER_DIRECTORY = "/lib"
LOADER_DIRECTORY:x86_64 = "/lib64"
EXTRA_OECONF = " \
    --with-headers=${STAGING_DIR_TARGET}${includedir} --enable-kernel=5.10 --disable-werror --disable-nscd --disable-timezone-tools \
    --disable-profile --without-selinux libc_cv_slibdir=${libdir} libc_cv_rtlddir=${LOADER_DIRECTORY} libc_cv_complocaledir=${libdir}/locale \
"

do_install () {
    oe_runmake install install_root=${D}
    # All libraries are in one directory, which programs that name the loader reach by links of the root directory.
    mv ${D}${LOADER_DIRECTORY}/* ${D}${libdir}/
    rmdir ${D}${LOADER_DIRECTORY}
    if [ ${LOADER_DIRECTORY} = /lib64 ]; then
        ln -s usr/lib ${D}/lib64
    fi
    # It is a script that names places.
    sed -i 's#[^ ]*/##g' ${D}${libdir}/libc.so
}

PACKAGES = "glibc glibc-utils glibc-locale glibc-staticdev glibc-dev"
FILES:glibc = "${libdir}/*.so.* ${libdir}/lib*-${PV}.so ${sysconfdir}/rpc /lib64"
FILES:glibc-utils = "${bindir} ${sbindir} ${libexecdir} ${libdir}/audit ${libdir}/libmemusage.so ${libdir}/libpcprofile.so"
FILES:glibc-locale = "${libdir}/gconv ${datadir} ${localstatedir}"
FILES:glibc-staticdev = "${libdir}/*.a"
FILES:glibc-dev = "${includedir} ${libdir}"
RDEPENDS:glibc-dev = "glibc"
