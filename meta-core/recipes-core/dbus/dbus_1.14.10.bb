SUMMARY = "Messages between programs of one system"
HOMEPAGE = "https://www.freedesktop.org/wiki/Software/dbus/"
LICENSE = "AFL-2.1 OR GPL-2.0-or-later"
LIC_FILES_CHKSUM = "file://COPYING;sha256=e61807cd1c32ff4e7bd5b4b61dd21997c6dc5642cf19316124fe38d50e1f9fa3"

SRC_URI = "https://dbus.freedesktop.org/releases/dbus/dbus-${PV}.tar.xz file://dbus.init"
SRC_URI[sha256sum] = "ba1f21d2bd9d339da2d4aa8780c09df32fea87998b73da24f49ab9df1e36a50f"

DEPENDS = "expat"

inherit autotools pkgconfig update-rc.d

INITSCRIPT_NAME = "dbus"
INITSCRIPT_PARAMS = "defaults 30"

EXTRA_OECONF = " \
    --disable-static --disable-tests --disable-doxygen-docs --disable-xml-docs --disable-ducktype-docs --disable-systemd --disable-selinux \
    --disable-apparmor --disable-libaudit --disable-x11-autolaunch --without-x --with-system-socket=/run/dbus/system_bus_socket \
    --with-system-pid-file=/run/dbus/pid --runstatedir=/run \
"

do_install:append () {
    install -D -m 0755 ${UNPACKDIR}/dbus.init ${D}${sysconfdir}/init.d/dbus
    rm -rf ${D}/run ${D}${localstatedir}/run ${D}${datadir}/xml ${D}${libdir}/dbus-1.0/test
    # Old names of what is in share.
    rm -rf ${D}${sysconfdir}/dbus-1
}

PACKAGES =+ "lib${PN}"
FILES:lib${PN} = "${libdir}/libdbus-1.so.*"
FILES:${PN} += "${datadir}/dbus-1 ${libdir}/sysusers.d ${libdir}/tmpfiles.d"
FILES:${PN}-dev += "${libdir}/dbus-1.0 ${bindir}/dbus-test-tool"
RDEPENDS:${PN}-dev = "lib${PN}"
USERADD_PARAM:${PN} = "--system --home-dir /nonexistent --shell /bin/false messagebus"
