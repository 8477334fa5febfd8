SUMMARY = "Network configuration: ip, bridge and tc"
HOMEPAGE = "https://wiki.linuxfoundation.org/networking/iproute2"
LICENSE = "GPL-2.0-or-later"
LIC_FILES_CHKSUM = "file://COPYING;sha256=e6d6a009505e345fe949e1310334fcb0747f28dae2856759de102ab66b722cb4"

SRC_URI = "https://www.kernel.org/pub/linux/utils/net/iproute2/iproute2-${PV}.tar.xz"
SRC_URI[sha256sum] = "5ce12a0fec6b212725ef218735941b2dab76244db7e72646a76021b0537b43ab"

DEPENDS = "bison-native"

inherit pkgconfig update-alternatives

# Some headers of its own clash with musl's definitions of the same structures.
CFLAGS:append:libc-musl = " -D__UAPI_DEF_IN6_ADDR=0 -D__UAPI_DEF_SOCKADDR_IN6=0 -D__UAPI_DEF_IPV6_MREQ=0"
EXTRA_OEMAKE = "V=1 'CC=${CC}' 'AR=${AR}' 'HOSTCC=${BUILD_CC}' 'CCOPTS=${CFLAGS}' SHARED_LIBS=y 'SUBDIRS=lib ip bridge tc' SBINDIR=${sbindir}"

do_configure () {
    ./configure --include_dir ${STAGING_DIR_HOST}${includedir}
}

do_install () {
    oe_runmake install DESTDIR=${D}
    rm -r ${D}${datadir}
}

FILES:${PN} += "${libdir}/tc"

ALTERNATIVE:${PN} = "ip tc"
ALTERNATIVE_LINK_NAME[ip] = "${sbindir}/ip"
ALTERNATIVE_LINK_NAME[tc] = "${sbindir}/tc"
ALTERNATIVE_PRIORITY = "100"
