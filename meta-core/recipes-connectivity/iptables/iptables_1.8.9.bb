SUMMARY = "Rules of the kernel's packet filter"
HOMEPAGE = "https://www.netfilter.org/projects/iptables/"
LICENSE = "GPL-2.0-or-later"
LIC_FILES_CHKSUM = "file://COPYING;sha256=8177f97513213526df2cf6184d8ff986c675afb514d4e68a404010521b880643"

SRC_URI = "https://www.netfilter.org/projects/iptables/files/iptables-${PV}.tar.xz"
SRC_URI[sha256sum] = "ef6639a43be8325a4f8ea68123ffac236cb696e8c78501b64e8106afb008c87f"

inherit autotools pkgconfig

# One program that contains its extensions.
EXTRA_OECONF = "--disable-shared --enable-static --disable-nftables --disable-connlabel --disable-devel"
# Its headers and those of the kernel describe the same structures.
CPPFLAGS += "-D__UAPI_DEF_ETHHDR=0 -D_GNU_SOURCE"

do_install:append () {
    # A place for extensions, which are in the program, and a style sheet.
    rm -r ${D}${libdir}/xtables ${D}${datadir}/xtables
}
