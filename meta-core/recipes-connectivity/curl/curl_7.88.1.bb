SUMMARY = "Command and library for transfers by URL"
HOMEPAGE = "https://curl.se/"
LICENSE = "curl"
LIC_FILES_CHKSUM = "file://COPYING;sha256=b1d7feb949ea5023552029fbe0bf5db4f23c2f85e9b8e51e18536f0ecbf9c524"

SRC_URI = "https://curl.se/download/curl-${PV}.tar.gz"
SRC_URI[sha256sum] = "cdb38b72e36bc5d33d5b8810f8018ece1baa29a8f215b4495e495ded82bbf3c7"

DEPENDS = "openssl zlib"

inherit autotools pkgconfig

# HTTP, FTP and files: what scripts on a device use.
EXTRA_OECONF = " \
    --with-openssl --with-zlib --with-ca-bundle=${sysconfdir}/ssl/certs/ca-certificates.crt --disable-static --disable-manual \
    --without-libpsl --without-brotli --without-zstd --without-libidn2 --without-nghttp2 --without-librtmp \
    --disable-ldap --disable-dict --disable-gopher --disable-imap --disable-mqtt --disable-pop3 --disable-rtsp --disable-smb \
    --disable-smtp --disable-telnet --disable-tftp \
"

do_install:append () {
    # Names the sandbox; pkg-config knows all it could tell.
    rm ${D}${bindir}/curl-config
}

PACKAGES =+ "lib${PN}"
FILES:lib${PN} = "${libdir}/lib*.so.*"
RDEPENDS:${PN}-dev = "lib${PN}"
RRECOMMENDS:lib${PN} = "ca-certificates"
