SUMMARY = "Small POSIX shell"
HOMEPAGE = "http://gondor.apana.org.au/~herbert/dash/"
LICENSE = "BSD-3-Clause AND GPL-2.0-or-later"
LIC_FILES_CHKSUM = "file://COPYING;sha256=254a7894923ff62e69184a991dcbccae97edee58a1105e8efbe78caf10595d72"

SRC_URI = "${DEBIAN_MIRROR}/main/d/dash/dash_${PV}.orig.tar.gz"
SRC_URI[sha256sum] = "6a474ac46e8b0b32916c4c60df694c82058d3297d8b385b74508030ca4a8f28a"

DEPENDS = "autotools-native"

inherit autotools

CACHED_CONFIGUREVARS = "CC_FOR_BUILD=${BUILD_CC}"
