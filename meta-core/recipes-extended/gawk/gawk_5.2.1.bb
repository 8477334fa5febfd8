SUMMARY = "GNU awk"
HOMEPAGE = "https://www.gnu.org/software/gawk/"
LICENSE = "GPL-3.0-or-later"
LIC_FILES_CHKSUM = "file://COPYING;sha256=8ceb4b9ee5adedde47b31e975c1d90c73ad27b6b165a1dcd80c7c545eb65b903"

SRC_URI = "${GNU_MIRROR}/gawk/gawk-${PV}.tar.xz"
SRC_URI[sha256sum] = "2337a0283b180ec1b9c727973a34781c6478b3ae9bcbdcca0a4dc49861d75a65"

inherit autotools update-alternatives

EXTRA_OECONF = "--disable-nls --disable-extensions --disable-mpfr --disable-pma --without-readline"

# Debian's archive comes without the manual.
EXTRA_OEMAKE = "'SUBDIRS=support .'"

do_install:append () {
    rm -rf ${D}${bindir}/gawkbug ${D}${bindir}/awk ${D}${bindir}/gawk-${PV} ${D}${includedir} ${D}${libdir}/gawk ${D}${sysconfdir}
    rm -rf ${D}${libexecdir}/awk
}

FILES:${PN} += "${datadir}/awk"
ALTERNATIVE:${PN} = "awk"
ALTERNATIVE_TARGET[awk] = "${bindir}/gawk"
ALTERNATIVE_PRIORITY = "100"
