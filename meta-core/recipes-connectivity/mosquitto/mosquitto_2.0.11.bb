SUMMARY = "MQTT broker and clients"
HOMEPAGE = "https://mosquitto.org/"
LICENSE = "EPL-2.0 OR BSD-3-Clause"
LIC_FILES_CHKSUM = "file://LICENSE.txt;sha256=d3c4ccace4e5d3cc89d34cf2a0bc85b8596bfc0a32b815d0d77f9b7c41b5350c"

SRC_URI = "https://mosquitto.org/files/source/mosquitto-${PV}.tar.gz"
SRC_URI[sha256sum] = "7b36a7198bce85cf31b132f5c6ee36dcf5dadf86fb768501eb1e11ce95d4f78a"

DEPENDS = "cjson openssl"

inherit cmake

EXTRA_OECMAKE = "-DDOCUMENTATION=OFF -DWITH_LIB_CPP=OFF -DWITH_STATIC_LIBRARIES=OFF"

do_configure:prepend () {
    # The part in C++ is switched off.
    sed -i 's/^project *(mosquitto)/project(mosquitto C)/' ${S}/CMakeLists.txt
}

USERADD_PARAM:${PN} = "--system --home-dir /nonexistent --shell /bin/false mosquitto"
PACKAGES =+ "lib${PN} ${PN}-clients"
FILES:lib${PN} = "${libdir}/libmosquitto.so.*"
FILES:${PN}-clients = "${bindir}/mosquitto_pub ${bindir}/mosquitto_sub ${bindir}/mosquitto_rr"
FILES:${PN} += "${libdir}/mosquitto_dynamic_security.so"
RDEPENDS:${PN}-dev = "lib${PN}"
