SUMMARY = "Modbus over serial lines and networks"
HOMEPAGE = "https://libmodbus.org/"
LICENSE = "LGPL-2.1-or-later"
LIC_FILES_CHKSUM = "file://COPYING.LESSER;sha256=dc626520dcd53a22f727af3ee42c770e56c97a64fe3adb063799d8ab032fe551"

SRC_URI = "https://libmodbus.org/releases/libmodbus-${PV}.tar.gz"
SRC_URI[sha256sum] = "fe0c141cd10d58bb848643f00f2d4b4005214f93312d7b66ac805fd369876651"

DEPENDS = "autotools-native"

inherit autotools pkgconfig

EXTRA_OECONF = "--disable-static --disable-tests"
