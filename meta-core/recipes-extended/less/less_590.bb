SUMMARY = "Shows text page by page"
HOMEPAGE = "https://www.greenwoodsoftware.com/less/"
LICENSE = "GPL-3.0-or-later OR BSD-2-Clause"
LIC_FILES_CHKSUM = " \
    file://COPYING;sha256=8ceb4b9ee5adedde47b31e975c1d90c73ad27b6b165a1dcd80c7c545eb65b903 \
    file://LICENSE;sha256=eabd71d7ad5a04585b542926721a84053c81f90b28b0f3107037552217d31039 \
"

SRC_URI = "https://www.greenwoodsoftware.com/less/less-${PV}.tar.gz"
SRC_URI[sha256sum] = "6aadf54be8bf57d0e2999a3c5d67b1de63808bb90deb8f77b028eafae3a08e10"

DEPENDS = "ncurses"

inherit autotools update-alternatives

ALTERNATIVE:${PN} = "less"
ALTERNATIVE_PRIORITY = "100"
