SUMMARY = "JSON in C, with a tidy interface"
HOMEPAGE = "https://github.com/akheron/jansson"
LICENSE = "MIT"
LIC_FILES_CHKSUM = "file://LICENSE;sha256=1fff7d37d22157bcd81ab53b6c54da755d7c2f868f15807d9bde920f10730da0"

SRC_URI = "https://github.com/akheron/jansson/releases/download/v${PV}/jansson-${PV}.tar.gz"
SRC_URI[sha256sum] = "c739578bf6b764aa0752db9a2fdadcfe921c78f1228c7ec0bb47fa804c55d17b"

DEPENDS = "autotools-native"

inherit autotools pkgconfig

EXTRA_OECONF = "--disable-static"
