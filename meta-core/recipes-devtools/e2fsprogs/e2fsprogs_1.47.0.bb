SUMMARY = "Makes, checks and tunes ext4 file systems"
HOMEPAGE = "https://e2fsprogs.sourceforge.net/"
LICENSE = "GPL-2.0-only AND LGPL-2.0-only AND BSD-3-Clause AND MIT"
LIC_FILES_CHKSUM = "file://NOTICE;sha256=5da5ef153e559c1d990d4c3eedbedd4442db892d37eae1f35fff069de8ec9020"

SRC_URI = "${DEBIAN_MIRROR}/main/e/e2fsprogs/e2fsprogs_${PV}.orig.tar.gz"
SRC_URI[sha256sum] = "6667afde56eef0c6af26684974400e4d2288ea49e9441bf5e6229195d51a3578"

inherit autotools pkgconfig update-alternatives

EXTRA_OECONF = " \
    --disable-nls --disable-fuse2fs --disable-uuidd --disable-tdb --enable-elf-shlibs --disable-libuuid --disable-libblkid \
    --with-udev-rules-dir=no --with-crond-dir=no --with-systemd-unit-dir=no \
"
DEPENDS = "util-linux"
CACHED_CONFIGUREVARS = "BUILD_CC=${BUILD_CC}"

do_install:append () {
    # Its libraries are read-only, which not even strip gets past.
    chmod -R u+w ${D}
    rm -f ${D}${bindir}/compile_et ${D}${bindir}/mk_cmds ${D}${libdir}/e2initrd_helper ${D}${sbindir}/mklost+found
    rm -rf ${D}${datadir}/et ${D}${datadir}/ss
}

PACKAGES =+ "${PN}-libs ${PN}-mke2fs ${PN}-e2fsck ${PN}-resize2fs"
FILES:${PN}-libs = "${libdir}/lib*.so.*"
FILES:${PN}-mke2fs = "${sbindir}/mke2fs ${sbindir}/mkfs.ext* ${sysconfdir}/mke2fs.conf"
FILES:${PN}-e2fsck = "${sbindir}/e2fsck ${sbindir}/fsck.ext*"
FILES:${PN}-resize2fs = "${sbindir}/resize2fs"
RDEPENDS:${PN} = "${PN}-mke2fs ${PN}-e2fsck ${PN}-resize2fs"

ALTERNATIVE:${PN} = "chattr lsattr"
ALTERNATIVE_PRIORITY = "100"
