SUMMARY = "GNU tar"
HOMEPAGE = "https://www.gnu.org/software/tar/"
LICENSE = "GPL-3.0-or-later"
LIC_FILES_CHKSUM = "file://COPYING;sha256=8ceb4b9ee5adedde47b31e975c1d90c73ad27b6b165a1dcd80c7c545eb65b903"

# Debian's copy leaves out the manual; the code is upstream's.
SRC_URI = "${DEBIAN_MIRROR}/main/t/tar/tar_${PV}+dfsg.orig.tar.xz"
S = "${UNPACKDIR}/${BP}+dfsg"
SRC_URI[sha256sum] = "7d57029540cb928394defb3b377b3531237c947e795b51aa8acac0c5ba0e4844"

inherit autotools update-alternatives

EXTRA_OECONF = "--disable-nls --without-posix-acls --without-selinux"

do_install:append () {
    rm -rf ${D}${libexecdir}
}

ALTERNATIVE:${PN} = "tar"
ALTERNATIVE_PRIORITY = "100"
