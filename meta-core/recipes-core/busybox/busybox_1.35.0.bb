SUMMARY = "Shell, init and the usual commands in one small program"
HOMEPAGE = "https://busybox.net/"
LICENSE = "GPL-2.0-only AND bzip2-1.0.6"
LIC_FILES_CHKSUM = " \
    file://LICENSE;sha256=bbfc9843646d483c334664f651c208b9839626891d8f17604db2146962f43548 \
    file://archival/libarchive/bz/LICENSE;sha256=b5a136ed67798e51fe2e0ca0b2a21cb01b904ff0c9f7d563a6292e276607e58f \
"

# A layer changes the configuration with a .bbappend that adds a .cfg file.
SRC_URI = "https://busybox.net/downloads/busybox-${PV}.tar.bz2 file://defconfig file://rootfs"
SRC_URI[sha256sum] = "faeeb244c35a348a334f4a59e44626ee870fb07b6884d68c10ae8bc19f83a694"

inherit kconfig update-alternatives

# Strata strips, and keeps the symbols where a layer wants them.
EXTRA_OEMAKE = "SKIP_STRIP=y CROSS_COMPILE=${HOST_PREFIX} 'HOSTCC=${BUILD_CC}' 'CONFIG_EXTRA_CFLAGS=${CFLAGS}' 'CONFIG_EXTRA_LDFLAGS=${LDFLAGS}'"

do_configure () {
    kconfig_configure
}

do_compile () {
    # Kbuild hands these to ld, which is no compiler driver.
    unset CFLAGS CPPFLAGS LDFLAGS
    oe_runmake busybox busybox.links
}

do_install () {
    install -D -m 0755 busybox ${D}${bindir}/busybox
    install -d ${D}${sbindir}
    # /bin/sh is /usr/bin/sh.
    sed -e 's,^/usr,,' busybox.links | while read -r link; do
        ln -sf ${bindir}/busybox ${D}/usr$link
    done
    cp -r ${UNPACKDIR}/rootfs/. ${D}/
    chmod 0755 ${D}${sysconfdir}/init.d/* ${D}${datadir}/udhcpc/default.script
}

FILES:${PN} += "${datadir}/udhcpc"
CONFFILES:${PN} = "${sysconfdir}/inittab"
RPROVIDES:${PN} = "/bin/sh"

# Other packages may offer each of its commands.
ALTERNATIVE:${PN} = "*"
ALTERNATIVE_TARGET = "${bindir}/busybox"
