SUMMARY = "Fast compression, in a library and as a command"
HOMEPAGE = "https://facebook.github.io/zstd/"
LICENSE = "BSD-3-Clause OR GPL-2.0-only"
LIC_FILES_CHKSUM = "file://LICENSE;sha256=7055266497633c9025b777c78eb7235af13922117480ed5c674677adc381c9d8"

# Debian's copy leaves out some test data; the code is upstream's.
SRC_URI = "${DEBIAN_MIRROR}/main/libz/libzstd/libzstd_${PV}+dfsg2.orig.tar.xz"
SRC_URI[sha256sum] = "8cf4bbb65e77ec348d052c8d6230eba66d435bddf64c8b5be2fcb16880c19953"
S = "${UNPACKDIR}/zstd-${PV}"

EXTRA_OEMAKE = "PREFIX=${prefix} 'CC=${CC}' 'AR=${AR}' HAVE_ZLIB=0 HAVE_LZMA=0 HAVE_LZ4=0"

do_compile () {
    oe_runmake -C lib lib
    oe_runmake -C programs zstd
}

do_install () {
    oe_runmake -C lib install-shared install-includes install-pc DESTDIR=${D}
    oe_runmake -C programs install DESTDIR=${D}
}

PACKAGES =+ "lib${PN}"
FILES:lib${PN} = "${libdir}/libzstd.so.*"
RDEPENDS:${PN}-dev = "lib${PN}"
