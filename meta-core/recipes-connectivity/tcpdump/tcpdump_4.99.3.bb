SUMMARY = "Shows packets on a network"
HOMEPAGE = "https://www.tcpdump.org/"
LICENSE = "BSD-3-Clause"
LIC_FILES_CHKSUM = "file://LICENSE;sha256=8a54594d257e14a5260ac770f1633516cb51e3fc28c40136ce2697014eda7afd"

SRC_URI = "https://www.tcpdump.org/release/tcpdump-${PV}.tar.gz"
SRC_URI[sha256sum] = "ad75a6ed3dc0d9732945b2e5483cb41dc8b4b528a169315e499c6861952e73b3"

DEPENDS = "libpcap"

inherit autotools pkgconfig

EXTRA_OECONF = "--without-crypto --disable-smb"

do_install:append () {
    # The same program under its version.
    rm -f ${D}${bindir}/tcpdump.${PV}
}
