SUMMARY = "Small JavaScript interpreter"
HOMEPAGE = "https://mujs.com/"
LICENSE = "ISC"
LIC_FILES_CHKSUM = "file://COPYING;sha256=0ca9b4fbfbcab8ac7d32475890d866efc02f4cffb6b6da5c0e9a0615cc3d82fe"

SRC_URI = "${DEBIAN_MIRROR}/main/m/mujs/mujs_${PV}.orig.tar.xz"
SRC_URI[sha256sum] = "4886593fc688b0cdccd31e5ecbe5afe7ad1bee23aa69e667b871afd5dfc640c3"

EXTRA_OEMAKE = "prefix=${prefix} VERSION=${PV} HAVE_READLINE=no 'CC=${CC}' 'AR=${AR}' 'XCFLAGS=${CFLAGS}' 'LDFLAGS=${LDFLAGS}'"

do_install () {
    oe_runmake install DESTDIR=${D}
}
