SUMMARY = "JSON in C, in one file"
HOMEPAGE = "https://github.com/DaveGamble/cJSON"
LICENSE = "MIT"
LIC_FILES_CHKSUM = "file://LICENSE;sha256=a36dda207c36db5818729c54e7ad4e8b0c6fba847491ba64f372c1a2037b6d5c"

SRC_URI = "https://github.com/DaveGamble/cJSON/archive/refs/tags/v${PV}.tar.gz"
SRC_URI[sha256sum] = "5308fd4bd90cef7aa060558514de6a1a4a0819974a26e6ed13973c5f624c24b2"
S = "${UNPACKDIR}/cJSON-${PV}"

inherit cmake

EXTRA_OECMAKE = "-DENABLE_CJSON_TEST=OFF -DENABLE_CUSTOM_COMPILER_FLAGS=OFF"
