SUMMARY = "Captures packets"
HOMEPAGE = "https://www.tcpdump.org/"
LICENSE = "BSD-3-Clause"
LIC_FILES_CHKSUM = "file://LICENSE;sha256=8a54594d257e14a5260ac770f1633516cb51e3fc28c40136ce2697014eda7afd"

SRC_URI = "https://www.tcpdump.org/release/libpcap-${PV}.tar.gz"
SRC_URI[sha256sum] = "2a8885c403516cf7b0933ed4b14d6caa30e02052489ebd414dc75ac52e7559e6"

DEPENDS = "bison-native"

inherit autotools pkgconfig

EXTRA_OECONF = "--with-pcap=linux --without-libnl --disable-dbus --disable-usb --disable-bluetooth --disable-rdma"

do_install:append () {
    rm -r ${D}${bindir}
}
