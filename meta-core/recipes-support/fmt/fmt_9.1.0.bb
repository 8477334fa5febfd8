SUMMARY = "Formatting of text in C++"
HOMEPAGE = "https://fmt.dev/"
LICENSE = "MIT"
LIC_FILES_CHKSUM = "file://LICENSE.rst;sha256=825c9324e70f8c839c8ba910543dd4a7daee243b86ef960594c11381a19980b8"

# Debian's copy leaves out documents; the code is upstream's.
SRC_URI = "${DEBIAN_MIRROR}/main/f/fmtlib/fmtlib_${PV}+ds1.orig.tar.gz"
SRC_URI[sha256sum] = "84ce1c2d0be3a9863935137969dcec6970125caac032f82474640bfc81463583"
S = "${UNPACKDIR}/fmtlib-${PV}+ds1"

inherit cmake cxx

EXTRA_OECMAKE = "-DFMT_TEST=OFF -DFMT_DOC=OFF -DBUILD_SHARED_LIBS=ON"
