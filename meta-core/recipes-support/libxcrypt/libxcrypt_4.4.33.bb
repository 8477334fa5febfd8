SUMMARY = "Password hashes: crypt() with today's methods"
HOMEPAGE = "https://github.com/besser82/libxcrypt"
LICENSE = "LGPL-2.1-or-later"
LIC_FILES_CHKSUM = "file://COPYING.LIB;sha256=dc626520dcd53a22f727af3ee42c770e56c97a64fe3adb063799d8ab032fe551"

SRC_URI = "${DEBIAN_MIRROR}/main/libx/libxcrypt/libxcrypt_${PV}.orig.tar.xz"
SRC_URI[sha256sum] = "5e2da5cb5f263e9ac4c4b3f49c75e3b8523889210f45c60bb7e97b229c75a10b"

DEPENDS = "autotools-native libltdl-native"

inherit autotools pkgconfig

EXTRA_OECONF = "--disable-static --enable-obsolete-api=no --disable-werror"
