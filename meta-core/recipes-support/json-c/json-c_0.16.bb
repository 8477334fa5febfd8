SUMMARY = "JSON in C, with reference counts"
HOMEPAGE = "https://github.com/json-c/json-c/wiki"
LICENSE = "MIT"
LIC_FILES_CHKSUM = "file://COPYING;sha256=74c1e6ca5eba76b54d0ad00d4815c8315c1b3bc45ff99de61d103dc92486284c"

SRC_URI = "https://github.com/json-c/json-c/archive/refs/tags/json-c-0.16-20220414.tar.gz"
SRC_URI[sha256sum] = "3ecaeedffd99a60b1262819f9e60d7d983844073abc74e495cb822b251904185"
S = "${UNPACKDIR}/json-c-json-c-0.16-20220414"

inherit cmake

EXTRA_OECMAKE = "-DBUILD_STATIC_LIBS=OFF -DBUILD_TESTING=OFF -DBUILD_APPS=OFF -DDISABLE_WERROR=ON"
