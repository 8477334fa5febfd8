SUMMARY = "XML parser that reports as it reads"
HOMEPAGE = "https://libexpat.github.io/"
LICENSE = "MIT"
LIC_FILES_CHKSUM = "file://COPYING;sha256=122f2c27000472a201d337b9b31f7eb2b52d091b02857061a8880371612d9534"

SRC_URI = "https://github.com/libexpat/libexpat/archive/refs/tags/R_2_5_0.tar.gz"
SRC_URI[sha256sum] = "ab00ee05c7067fd10a35c5d2a4922ebba746ddd50ff83b79c828da17bbdf1757"
S = "${UNPACKDIR}/libexpat-R_2_5_0/expat"

inherit cmake

EXTRA_OECMAKE = "-DEXPAT_BUILD_TESTS=OFF -DEXPAT_BUILD_EXAMPLES=OFF -DEXPAT_BUILD_DOCS=OFF -DEXPAT_BUILD_TOOLS=OFF"
