SUMMARY = "Init for containers, in a few hundred lines"
HOMEPAGE = "https://github.com/openSUSE/catatonit"
LICENSE = "GPL-3.0-or-later"
LIC_FILES_CHKSUM = "file://COPYING;sha256=3972dc9744f6499f0f9b2dbf76696f2ae7ad8af9b23dde66d6af86c9dfb36986"

SRC_URI = "https://github.com/openSUSE/catatonit/releases/download/v${PV}/catatonit.tar.xz"
SRC_URI[sha256sum] = "6ea6cb8c7feeca2cf101e7f794dab6eeb192cde177ecc7714d2939655d3d8997"

DEPENDS = "autotools-native"

inherit autotools

do_configure:prepend () {
    # A check of autoconf's archive that is not there.
    sed -i 34d ${S}/configure.ac
}
