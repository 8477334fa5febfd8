SUMMARY = "Compression by sorting blocks, in a library and as a command"
HOMEPAGE = "https://sourceware.org/bzip2/"
LICENSE = "bzip2-1.0.6"
LIC_FILES_CHKSUM = "file://LICENSE;sha256=c6dbbf828498be844a89eaa3b84adbab3199e342eb5cb2ed2f0d4ba7ec0f38a3"

SRC_URI = "https://sourceware.org/pub/bzip2/bzip2-${PV}.tar.gz"
SRC_URI[sha256sum] = "ab5a03176ee106d3f0fa90e381da478ddae405918153cca248e682cd0c4a2269"

inherit update-alternatives

do_compile () {
    oe_runmake -f Makefile-libbz2_so 'CC=${CC} ${LDFLAGS}' 'CFLAGS=${CFLAGS} -fpic -D_FILE_OFFSET_BITS=64'
}

do_install () {
    install -D -m 0755 bzip2-shared ${D}${bindir}/bzip2
    ln -s bzip2 ${D}${bindir}/bunzip2
    ln -s bzip2 ${D}${bindir}/bzcat
    install -D -m 0644 bzlib.h ${D}${includedir}/bzlib.h
    install -D -m 0755 libbz2.so.${PV} ${D}${libdir}/libbz2.so.${PV}
    ln -s libbz2.so.${PV} ${D}${libdir}/libbz2.so.1.0
    ln -s libbz2.so.1.0 ${D}${libdir}/libbz2.so
}

PACKAGES =+ "libbz2"
FILES:libbz2 = "${libdir}/libbz2.so.*"
RDEPENDS:${PN}-dev = "libbz2"

ALTERNATIVE:${PN} = "bzip2 bunzip2 bzcat"
ALTERNATIVE_PRIORITY = "100"
