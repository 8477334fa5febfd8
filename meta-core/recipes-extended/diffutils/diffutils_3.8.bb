SUMMARY = "GNU diff and cmp"
HOMEPAGE = "https://www.gnu.org/software/diffutils/"
LICENSE = "GPL-3.0-or-later"
LIC_FILES_CHKSUM = "file://COPYING;sha256=8ceb4b9ee5adedde47b31e975c1d90c73ad27b6b165a1dcd80c7c545eb65b903"

SRC_URI = "${GNU_MIRROR}/diffutils/diffutils-${PV}.tar.xz"
SRC_URI[sha256sum] = "a6bdd7d1b31266d11c4f4de6c1b748d4607ab0231af5188fc2533d0ae2438fec"

inherit autotools update-alternatives

EXTRA_OECONF = "--disable-nls"

ALTERNATIVE:${PN} = "cmp diff"
ALTERNATIVE_PRIORITY = "100"
