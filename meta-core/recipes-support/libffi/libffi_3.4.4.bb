SUMMARY = "Calls functions whose types are known at run time only"
HOMEPAGE = "https://sourceware.org/libffi/"
LICENSE = "MIT"
LIC_FILES_CHKSUM = "file://LICENSE;sha256=2c9c2acb9743e6b007b91350475308aee44691d96aa20eacef8e199988c8c388"

SRC_URI = "https://github.com/libffi/libffi/releases/download/v${PV}/libffi-${PV}.tar.gz"
SRC_URI[sha256sum] = "d66c56ad259a82cf2a9dfc408b32bf5da52371500b84745f7fb8b645712df676"

inherit autotools pkgconfig

EXTRA_OECONF = "--disable-static --disable-multi-os-directory --disable-docs"
