SUMMARY = "Compression with the best ratio, in a library and as a command"
HOMEPAGE = "https://tukaani.org/xz/"
LICENSE = "0BSD AND GPL-2.0-or-later AND LGPL-2.1-or-later"
LIC_FILES_CHKSUM = "file://COPYING;sha256=bcb02973ef6e87ea73d331b3a80df7748407f17efdb784b61b47e0e610d3bb5c"

SRC_URI = "${DEBIAN_MIRROR}/main/x/xz-utils/xz-utils_${PV}.orig.tar.xz"
SRC_URI[sha256sum] = "5d9827aa1875b21c288f78864bb26d2650b436ea8d2cad364e4921eb6266a5a5"

inherit autotools pkgconfig update-alternatives

EXTRA_OECONF = "--disable-static --disable-nls --disable-doc --disable-scripts --disable-lzmadec --disable-lzmainfo --disable-lzma-links"

PACKAGES =+ "liblzma"
FILES:liblzma = "${libdir}/liblzma.so.*"
LICENSE:liblzma = "0BSD"
RDEPENDS:${PN}-dev = "liblzma"

ALTERNATIVE:${PN} = "xz unxz xzcat"
ALTERNATIVE_PRIORITY = "100"
