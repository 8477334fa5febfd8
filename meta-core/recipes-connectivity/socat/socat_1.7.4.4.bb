SUMMARY = "Connects two of anything: sockets, files, programs, terminals"
HOMEPAGE = "http://www.dest-unreach.org/socat/"
LICENSE = "GPL-2.0-only WITH cryptsetup-OpenSSL-exception"
LIC_FILES_CHKSUM = " \
    file://COPYING;sha256=8177f97513213526df2cf6184d8ff986c675afb514d4e68a404010521b880643 \
    file://COPYING.OpenSSL;sha256=fd9e48ca316a5032069b9521f4f4b4d9b1c60365012bae1e62286bcd5bd2e761 \
"

SRC_URI = "http://www.dest-unreach.org/socat/download/socat-${PV}.tar.gz"
SRC_URI[sha256sum] = "0f8f4b9d5c60b8c53d17b60d79ababc4a0f51b3bb6d2bd3ae8a6a4b9d68f195e"

inherit autotools

PACKAGECONFIG ??= "openssl"
PACKAGECONFIG[openssl] = "--enable-openssl --enable-openssl-method,--disable-openssl,openssl"
EXTRA_OECONF = "--disable-readline --disable-libwrap"
# Where the bits of terminal speeds and tabs lie.
CACHED_CONFIGUREVARS = " \
    sc_cv_sys_crdly_shift=9 sc_cv_sys_tabdly_shift=11 sc_cv_sys_csize_shift=4 sc_cv_termios_ispeed=yes \
    ac_cv_have_z_modifier=yes \
"
