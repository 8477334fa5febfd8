SUMMARY = "Regular expressions for many encodings"
HOMEPAGE = "https://github.com/kkos/oniguruma"
LICENSE = "BSD-2-Clause"
LIC_FILES_CHKSUM = "file://COPYING;sha256=70ba5469ea0bab6e18a32d7009068f996503168d27be57747e08da34337ff26f"

SRC_URI = "${DEBIAN_MIRROR}/main/libo/libonig/libonig_${PV}.orig.tar.gz"
SRC_URI[sha256sum] = "26372720bab6733c869a9eb69377f73971138dc5e3eff4a81f5ba8aea5435fb2"
S = "${UNPACKDIR}/oniguruma-${PV}"

DEPENDS = "autotools-native"

inherit autotools pkgconfig

EXTRA_OECONF = "--disable-static"

do_install:append () {
    rm -r ${D}${bindir}
}
