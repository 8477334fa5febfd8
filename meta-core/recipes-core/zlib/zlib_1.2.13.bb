SUMMARY = "Compression library for deflate, gzip and zlib streams"
HOMEPAGE = "https://zlib.net/"
LICENSE = "Zlib"
LIC_FILES_CHKSUM = "file://LICENSE;sha256=845efc77857d485d91fb3e0b884aaa929368c717ae8186b66fe1ed2495753243"

# Debian's copy leaves out a few non-free documents; the code is upstream's.
SRC_URI = "${DEBIAN_MIRROR}/main/z/zlib/zlib_${PV}.dfsg.orig.tar.bz2"
SRC_URI[sha256sum] = "71feb7947e3c00ef125f83b79a4e529bde31171e5babe48b391f06758d1ab0a1"
S = "${UNPACKDIR}/${BP}.dfsg"

do_configure () {
    CHOST=${HOST_SYS} ./configure --prefix=${prefix} --libdir=${libdir}
}

do_install () {
    oe_runmake install DESTDIR=${D}
}

BBCLASSEXTEND = "native"
