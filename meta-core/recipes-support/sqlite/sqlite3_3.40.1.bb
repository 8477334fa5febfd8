SUMMARY = "SQL database in a library, with its shell"
HOMEPAGE = "https://www.sqlite.org/"
LICENSE = "blessing"
LIC_FILES_CHKSUM = "file://LICENSE.md;sha256=9c6479123f32a1ed50d9a0af203dfe8972e65035b0cdeef436b5f8d0924517fe"

SRC_URI = "${DEBIAN_MIRROR}/main/s/sqlite3/sqlite3_${PV}.orig.tar.xz"
SRC_URI[sha256sum] = "aaa776260ab4dc976db34aa7891819484c8676b5b2783123ebc6301e2ca5d655"

DEPENDS = "tcl-native zlib"

inherit autotools

EXTRA_OECONF = "--disable-tcl --disable-readline --disable-static"

do_configure:append () {
    # The program needs no search path.
    sed -i '/LIBREADLINE.*-rpath/s/-rpath.*//' Makefile
}

PACKAGES =+ "lib${PN}"
FILES:lib${PN} = "${libdir}/lib*.so.*"
RDEPENDS:${PN}-dev = "lib${PN}"
