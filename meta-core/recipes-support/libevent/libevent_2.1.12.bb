SUMMARY = "Event loop for network servers"
HOMEPAGE = "https://libevent.org/"
LICENSE = "BSD-3-Clause"
LIC_FILES_CHKSUM = "file://LICENSE;sha256=ff02effc9b331edcdac387d198691bfa3e575e7d244ad10cb826aa51ef085670"

SRC_URI = "https://github.com/libevent/libevent/releases/download/release-${PV}-stable/libevent-${PV}-stable.tar.gz"
SRC_URI[sha256sum] = "92e6de1be9ec176428fd2367677e61ceffc2ee1cb119035037a27d346b0403bb"
S = "${UNPACKDIR}/${BP}-stable"

inherit autotools pkgconfig

PACKAGECONFIG ??= ""
PACKAGECONFIG[openssl] = "--enable-openssl,--disable-openssl,openssl"
EXTRA_OECONF = "--disable-samples --disable-libevent-regress --disable-static"

do_install:append () {
    # A script that writes servers, in Python.
    rm -r ${D}${bindir}
}

FILES:${PN} = "${libdir}/libevent*.so.* ${libdir}/libevent-*.so.*"
FILES:${PN}-dev += "${libdir}/libevent*.so"
