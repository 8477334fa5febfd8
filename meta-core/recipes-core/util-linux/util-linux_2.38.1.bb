SUMMARY = "Libraries and commands around disks and name spaces"
HOMEPAGE = "https://www.kernel.org/pub/linux/utils/util-linux/"
LICENSE = "GPL-2.0-or-later AND LGPL-2.1-or-later AND BSD-3-Clause"
LIC_FILES_CHKSUM = " \
    file://COPYING;sha256=8177f97513213526df2cf6184d8ff986c675afb514d4e68a404010521b880643 \
    file://libblkid/COPYING;sha256=f03b01c1251bc3bfee959aea99ed7906a0b08a2ff132d55a1ece18ee573a52a1 \
    file://libuuid/COPYING;sha256=5068749ee9c2f2c545af4a4de9fde3c39dc8d90af47cc0b3a42700116f9b7e71 \
"

SRC_URI = "https://www.kernel.org/pub/linux/utils/util-linux/v2.38/util-linux-${PV}.tar.xz"
SRC_URI[sha256sum] = "60492a19b44e6cf9a3ddff68325b333b8b52b6c59ce3ebd6a0ecaa4c5117e84f"

inherit autotools pkgconfig update-alternatives

# What busybox has not, or has not well enough.
EXTRA_OECONF = " \
    --bindir=${bindir} --sbindir=${sbindir} --disable-all-programs --enable-libuuid --enable-libblkid --enable-libmount --enable-libsmartcols --enable-libfdisk --enable-mount \
    --enable-losetup --enable-unshare --enable-nsenter --enable-lsblk --enable-blkid --enable-findmnt \
    --disable-static --disable-nls --disable-asciidoc --disable-bash-completion --disable-makeinstall-chown --disable-makeinstall-setuid \
    --without-python --without-systemd --without-udev --without-ncursesw --without-ncurses --without-tinfo --without-readline --without-cap-ng \
"

do_install:append () {
    rm -r ${D}${datadir}/bash-completion
}

PACKAGES =+ "libuuid libblkid libmount libsmartcols libfdisk"
FILES:libuuid = "${libdir}/libuuid.so.*"
FILES:libblkid = "${libdir}/libblkid.so.*"
FILES:libmount = "${libdir}/libmount.so.*"
FILES:libsmartcols = "${libdir}/libsmartcols.so.*"
FILES:libfdisk = "${libdir}/libfdisk.so.*"
LICENSE:libuuid = "BSD-3-Clause"
LICENSE:libblkid = "LGPL-2.1-or-later"
LICENSE:libmount = "LGPL-2.1-or-later"
LICENSE:libsmartcols = "LGPL-2.1-or-later"
LICENSE:libfdisk = "LGPL-2.1-or-later"

ALTERNATIVE:${PN} = "mount umount losetup unshare nsenter blkid"
ALTERNATIVE_PRIORITY = "100"
ALTERNATIVE_LINK_NAME[losetup] = "${sbindir}/losetup"
ALTERNATIVE_LINK_NAME[blkid] = "${sbindir}/blkid"
