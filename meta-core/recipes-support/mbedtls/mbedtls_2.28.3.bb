SUMMARY = "TLS and cryptography for small systems"
HOMEPAGE = "https://www.trustedfirmware.org/projects/mbed-tls/"
LICENSE = "Apache-2.0"
LIC_FILES_CHKSUM = "file://LICENSE;sha256=cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"

SRC_URI = "${DEBIAN_MIRROR}/main/m/mbedtls/mbedtls_${PV}.orig.tar.gz"
SRC_URI[sha256sum] = "3b4953aa55a681e084d31892d9904cc5328d6b4958ea57b90ae4b4f94ae69a8d"
S = "${UNPACKDIR}/Mbed-TLS-mbedtls-8f97ca5"

inherit cmake

EXTRA_OECMAKE = "-DENABLE_TESTING=OFF -DENABLE_PROGRAMS=OFF -DUSE_SHARED_MBEDTLS_LIBRARY=ON -DUSE_STATIC_MBEDTLS_LIBRARY=OFF"
