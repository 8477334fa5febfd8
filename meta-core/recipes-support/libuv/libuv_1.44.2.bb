SUMMARY = "Asynchronous input and output for many platforms"
HOMEPAGE = "https://libuv.org/"
LICENSE = "MIT"
LIC_FILES_CHKSUM = "file://LICENSE;sha256=95b8b163c60d17cfce3cef61a2d8a9cf70137502c8fb5f3d93cd2fc529fa98c8"

SRC_URI = "${DEBIAN_MIRROR}/main/libu/libuv1/libuv1_${PV}.orig.tar.gz"
SRC_URI[sha256sum] = "d79b4b06ef04be85fb890bf39d55942cc64c2e15fd14eaa32dae5dce94485484"
S = "${UNPACKDIR}/libuv1-${PV}"

inherit cmake

EXTRA_OECMAKE = "-DBUILD_TESTING=OFF"
