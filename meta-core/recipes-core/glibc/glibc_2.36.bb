SUMMARY = "GNU C library and the run-time libraries of the distribution's compilers"
HOMEPAGE = "https://www.gnu.org/software/libc/"
# Programs also contain pieces of libc_nonshared.a and libgcc.a, which the exceptions leave free.
LICENSE = "LGPL-2.1-or-later AND GPL-3.0-or-later WITH GCC-exception-3.1"
LIC_FILES_CHKSUM = " \
    file://glibc.copyright;sha256=40c7e1f2118531f038ca22999bd976901254e1bc5cd1b0f0211bdd064c599987 \
    file://gcc.copyright;sha256=da8191658b3452ce9caf31638ba61dab31a38c619fa39df119812e050f592fd3 \
"

# Nothing is compiled here: the cross compilers bring headers and start files themselves, and the rest is what images need.
INHIBIT_DEFAULT_DEPS = "1"
DEPENDS = "host-tools gcc-cross-debian"
PROVIDES = "virtual/libc"
COMPATIBLE_HOST = ".*-gnu"
S = "${WORKDIR}/licenses-of-packages"

GLIBC_LIBRARIES = "/usr/${GNU_SYS}/lib"
GLIBC_LIBRARIES:${BUILD_ARCH} = "/usr/lib/${GNU_SYS}"
GLIBC_PACKAGE = "libc6-${DEBIAN_ARCH}-cross"
GLIBC_PACKAGE:${BUILD_ARCH} = "libc6"
GCC_PACKAGE = "gcc-12-${@d.getVar('GNU_SYS').replace('_', '-')}-base"
GCC_PACKAGE:${BUILD_ARCH} = "gcc-12-base"

# The texts come with the packages, so they are looked at when the packages are there.
do_configure[dirs] = "${S}"
do_configure () {
    cp /usr/share/doc/${GLIBC_PACKAGE}/copyright ${S}/glibc.copyright
    cp /usr/share/doc/${GCC_PACKAGE}/copyright ${S}/gcc.copyright
}
addtask populate_lic after do_configure

do_install () {
    install -d ${D}${libdir}
    for name in ld-linux libc libm libdl libpthread librt libutil libanl libresolv libnss_files libnss_dns libgcc_s 'libstdc++' libatomic; do
        cp -P ${GLIBC_LIBRARIES}/$name[-.]*so.* ${D}${libdir}/
    done
    # Elsewhere, programs name the loader in /lib.
    if [ ${TARGET_ARCH} = x86_64 ]; then
        ln -s usr/lib ${D}/lib64
    fi
}

# The compiler knows where its own libraries are.
SYSROOT_DIRS = ""

PACKAGES = "libgcc libstdc++ libatomic ${PN}"
FILES:libgcc = "${libdir}/libgcc_s.so.*"
FILES:libstdc++ = "${libdir}/libstdc++.so.*"
FILES:libatomic = "${libdir}/libatomic.so.*"
FILES:${PN} = "${libdir} /lib64"
LICENSE:${PN} = "LGPL-2.1-or-later"
LICENSE:libgcc = "GPL-3.0-or-later WITH GCC-exception-3.1"
LICENSE:libstdc++ = "GPL-3.0-or-later WITH GCC-exception-3.1"
LICENSE:libatomic = "GPL-3.0-or-later WITH GCC-exception-3.1"
INHIBIT_PACKAGE_STRIP = "1"
