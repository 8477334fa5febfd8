SUMMARY = "GNU gzip"
HOMEPAGE = "https://www.gnu.org/software/gzip/"
LICENSE = "GPL-3.0-or-later"
LIC_FILES_CHKSUM = "file://COPYING;sha256=8ceb4b9ee5adedde47b31e975c1d90c73ad27b6b165a1dcd80c7c545eb65b903"

SRC_URI = "${GNU_MIRROR}/gzip/gzip-${PV}.tar.xz"
SRC_URI[sha256sum] = "ce5e03e519f637e1f814011ace35c4f87b33c0bbabeec35baf5fbd3479e91956"

inherit autotools update-alternatives

EXTRA_OECONF = "--disable-nls"

ALTERNATIVE:${PN} = "gzip gunzip zcat"
ALTERNATIVE_PRIORITY = "100"
