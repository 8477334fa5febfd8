SUMMARY = "GNU search for lines"
HOMEPAGE = "https://www.gnu.org/software/grep/"
LICENSE = "GPL-3.0-or-later"
LIC_FILES_CHKSUM = "file://COPYING;sha256=3972dc9744f6499f0f9b2dbf76696f2ae7ad8af9b23dde66d6af86c9dfb36986"

SRC_URI = "${GNU_MIRROR}/grep/grep-${PV}.tar.xz"
SRC_URI[sha256sum] = "498d7cc1b4fb081904d87343febb73475cf771e424fb7e6141aff66013abc382"

inherit autotools update-alternatives

EXTRA_OECONF = "--disable-nls"

ALTERNATIVE:${PN} = "grep egrep fgrep"
ALTERNATIVE_PRIORITY = "100"
