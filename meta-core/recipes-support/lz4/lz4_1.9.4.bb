SUMMARY = "Compression at the speed of memory"
HOMEPAGE = "https://lz4.org/"
LICENSE = "BSD-2-Clause AND GPL-2.0-or-later"
LIC_FILES_CHKSUM = " \
    file://lib/LICENSE;sha256=8b58c446121a109ccf32edc094bba3010a3d85e4ee3702950db55e4d3e87736c \
    file://programs/COPYING;sha256=8177f97513213526df2cf6184d8ff986c675afb514d4e68a404010521b880643 \
"

SRC_URI = "https://github.com/lz4/lz4/archive/refs/tags/v${PV}.tar.gz"
SRC_URI[sha256sum] = "0b0e3aa07c8c063ddf40b082bdf7e37a1562bda40a0ff5272957f3e987e0e54b"

EXTRA_OEMAKE = "PREFIX=${prefix} 'CC=${CC}' 'CFLAGS=${CFLAGS}' 'LDFLAGS=${LDFLAGS}' BUILD_STATIC=no TARGET_OS=Linux"

do_compile () {
    oe_runmake -C lib
    oe_runmake -C programs
}

do_install () {
    oe_runmake -C lib install DESTDIR=${D}
    oe_runmake -C programs install DESTDIR=${D}
}

PACKAGES =+ "lib${PN}"
FILES:lib${PN} = "${libdir}/liblz4.so.*"
LICENSE:lib${PN} = "BSD-2-Clause"
RDEPENDS:${PN}-dev = "lib${PN}"
