SUMMARY = "Small DNS and DHCP server"
HOMEPAGE = "https://thekelleys.org.uk/dnsmasq/doc.html"
LICENSE = "GPL-2.0-only OR GPL-3.0-only"
LIC_FILES_CHKSUM = "file://COPYING;sha256=8177f97513213526df2cf6184d8ff986c675afb514d4e68a404010521b880643 file://COPYING-v3;sha256=8ceb4b9ee5adedde47b31e975c1d90c73ad27b6b165a1dcd80c7c545eb65b903"

SRC_URI = "https://thekelleys.org.uk/dnsmasq/dnsmasq-${PV}.tar.xz"
SRC_URI[sha256sum] = "8e50309bd837bfec9649a812e066c09b6988b73d749b7d293c06c57d46a109e4"

EXTRA_OEMAKE = "PREFIX=${prefix} 'CC=${CC}' 'CFLAGS=${CFLAGS}' 'LDFLAGS=${LDFLAGS}'"

do_install () {
    oe_runmake install DESTDIR=${D}
    install -D -m 0644 dnsmasq.conf.example ${D}${sysconfdir}/dnsmasq.conf
}

CONFFILES:${PN} = "${sysconfdir}/dnsmasq.conf"
USERADD_PARAM:${PN} = "--system --home-dir /nonexistent --shell /bin/false dnsmasq"
