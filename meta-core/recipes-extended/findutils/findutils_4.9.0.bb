SUMMARY = "GNU find and xargs"
HOMEPAGE = "https://www.gnu.org/software/findutils/"
LICENSE = "GPL-3.0-or-later"
LIC_FILES_CHKSUM = "file://COPYING;sha256=3972dc9744f6499f0f9b2dbf76696f2ae7ad8af9b23dde66d6af86c9dfb36986"

SRC_URI = "${GNU_MIRROR}/findutils/findutils-${PV}.tar.xz"
SRC_URI[sha256sum] = "a2bfb8c09d436770edc59f50fa483e785b161a3b7b9d547573cb08065fd462fe"

inherit autotools update-alternatives

EXTRA_OECONF = "--disable-nls"

ALTERNATIVE:${PN} = "find xargs"
ALTERNATIVE_PRIORITY = "100"
