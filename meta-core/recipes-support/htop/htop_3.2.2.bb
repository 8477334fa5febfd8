SUMMARY = "Interactive list of processes"
HOMEPAGE = "https://htop.dev/"
LICENSE = "GPL-2.0-or-later"
LIC_FILES_CHKSUM = "file://COPYING;sha256=8177f97513213526df2cf6184d8ff986c675afb514d4e68a404010521b880643"

SRC_URI = "https://github.com/htop-dev/htop/archive/refs/tags/${PV}.tar.gz"
SRC_URI[sha256sum] = "3829c742a835a0426db41bb039d1b976420c21ec65e93b35cd9bfd2d57f44ac8"

DEPENDS = "autotools-native ncurses"

inherit autotools pkgconfig

EXTRA_OECONF = "--enable-unicode --disable-capabilities --disable-sensors"

do_install:append () {
    rm -rf ${D}${datadir}/applications ${D}${datadir}/icons ${D}${datadir}/pixmaps
}
