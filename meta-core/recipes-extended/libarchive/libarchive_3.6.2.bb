SUMMARY = "Reads and writes archives of many formats; bsdtar"
HOMEPAGE = "https://www.libarchive.org/"
LICENSE = "BSD-2-Clause"
LIC_FILES_CHKSUM = "file://COPYING;sha256=b2cdf763345de2de34cebf54394df3c61a105c3b71288603c251f2fa638200ba"

SRC_URI = "https://www.libarchive.org/downloads/libarchive-${PV}.tar.xz"
SRC_URI[sha256sum] = "9e2c1b80d5fbe59b61308fdfab6c79b5021d7ff4ff2489fb12daf0a96a83551d"

DEPENDS = "xz zlib"

inherit autotools pkgconfig

PACKAGECONFIG ??= ""
PACKAGECONFIG[bzip2] = "--with-bz2lib,--without-bz2lib,bzip2"
PACKAGECONFIG[expat] = "--with-expat,--without-expat,expat"
PACKAGECONFIG[openssl] = "--with-openssl,--without-openssl,openssl"
PACKAGECONFIG[zstd] = "--with-zstd,--without-zstd,zstd"
EXTRA_OECONF = "--disable-static --without-libb2 --without-lz4 --without-xml2 --without-nettle --disable-acl --disable-xattr"

PACKAGES =+ "${PN}-tools"
FILES:${PN}-tools = "${bindir}"
