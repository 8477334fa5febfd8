SUMMARY = "Small web server"
HOMEPAGE = "https://www.lighttpd.net/"
LICENSE = "BSD-3-Clause"
LIC_FILES_CHKSUM = "file://COPYING;sha256=5c98cad2fbaf5c5e2562bcbab401a7c557c1bb1bac9914ecc63730925052fb13"

SRC_URI = "https://download.lighttpd.net/lighttpd/releases-1.4.x/lighttpd-${PV}.tar.xz"
SRC_URI[sha256sum] = "16ac8db95e719629ba61949b99f8a26feba946a81d185215b28379bb4116b0b4"

DEPENDS = "pcre2 zlib"

inherit autotools pkgconfig

PACKAGECONFIG ??= "openssl"
PACKAGECONFIG[openssl] = "--with-openssl,--without-openssl,openssl"
EXTRA_OECONF = "--libdir=${libdir}/lighttpd --with-pcre2 --without-pcre --with-zlib --without-bzip2 --without-zstd --without-brotli --without-attr"

do_configure:prepend:libc-musl () {
    # Lists as BSD has them; musl leaves the header to those who need it.
    install -d ${S}/src/sys
    sed /cdefs.h/d /usr/include/${BUILD_SYS}/sys/queue.h > ${S}/src/sys/queue.h
}

FILES:${PN} += "${libdir}/lighttpd/*.so"
USERADD_PARAM:${PN} = "--system --home-dir /srv/www --shell /bin/false www-data"
