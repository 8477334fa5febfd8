SUMMARY = "Talks to devices on I2C buses"
HOMEPAGE = "https://i2c.wiki.kernel.org/index.php/I2C_Tools"
LICENSE = "GPL-2.0-or-later AND LGPL-2.1-or-later"
LIC_FILES_CHKSUM = "file://COPYING;sha256=ab15fd526bd8dd18a9e77ebc139656bf4d33e97fc7238cd11bf60e2b9b8666c6 file://COPYING.LGPL;sha256=dc626520dcd53a22f727af3ee42c770e56c97a64fe3adb063799d8ab032fe551"

SRC_URI = "https://www.kernel.org/pub/software/utils/i2c-tools/i2c-tools-${PV}.tar.xz"
SRC_URI[sha256sum] = "1f899e43603184fac32f34d72498fc737952dbc9c97a8dd9467fadfdf4600cf9"

EXTRA_OEMAKE = "PREFIX=${prefix} USE_STATIC_LIB=0 BUILD_STATIC_LIB=0 'CC=${CC}' 'CFLAGS=${CFLAGS}' 'LDFLAGS=${LDFLAGS}'"

do_install () {
    oe_runmake install DESTDIR=${D}
    # Scripts in Perl.
    rm -r ${D}${bindir} ${D}${sbindir}/i2c-stub-from-dump
}
