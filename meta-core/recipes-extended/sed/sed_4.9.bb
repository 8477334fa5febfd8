SUMMARY = "GNU stream editor"
HOMEPAGE = "https://www.gnu.org/software/sed/"
LICENSE = "GPL-3.0-or-later"
LIC_FILES_CHKSUM = "file://COPYING;sha256=3972dc9744f6499f0f9b2dbf76696f2ae7ad8af9b23dde66d6af86c9dfb36986"

SRC_URI = "${GNU_MIRROR}/sed/sed-${PV}.tar.xz"
SRC_URI[sha256sum] = "6e226b732e1cd739464ad6862bd1a1aba42d7982922da7a53519631d24975181"

inherit autotools update-alternatives

EXTRA_OECONF = "--disable-nls"

ALTERNATIVE:${PN} = "sed"
ALTERNATIVE_PRIORITY = "100"
