SUMMARY = "Talks to devices on CAN buses"
HOMEPAGE = "https://github.com/linux-can/can-utils"
LICENSE = "GPL-2.0-only OR BSD-3-Clause"
LIC_FILES_CHKSUM = "file://candump.c;beginline=3;endline=42;sha256=d8e41f2af847b7df5c2b16b591603c21aaeff13e9f57163a64ceaf1122ee99ae"

SRC_URI = "${DEBIAN_MIRROR}/main/c/can-utils/can-utils_${PV}.orig.tar.xz"
SRC_URI[sha256sum] = "f7ace5d077bcb7f6f543c7965870be7d70c07ddd579e28aa8344b9bc7c7be6fe"

DEPENDS = "autotools-native"

inherit autotools
