SUMMARY = "Cache in memory for the network"
HOMEPAGE = "https://memcached.org/"
LICENSE = "BSD-3-Clause"
LIC_FILES_CHKSUM = "file://COPYING;sha256=bc887c4ad8051fe690ace9528fe37a2e0bb362e6d963331d82e845ca9b585a0c"

SRC_URI = "${DEBIAN_MIRROR}/main/m/memcached/memcached_${PV}.orig.tar.xz"
SRC_URI[sha256sum] = "35872bd25f8d29d7cc2072d23e74344530891bfd0aa4f4f64184a8ae7291164b"

DEPENDS = "autotools-native libevent"

inherit autotools

EXTRA_OECONF = "--disable-docs --disable-coverage"
CACHED_CONFIGUREVARS = "ac_cv_c_endian=little ac_cv_c_alignment=none"
USERADD_PARAM:${PN} = "--system --home-dir /nonexistent --shell /bin/false memcache"
