SUMMARY = "Init for containers: reaps zombies and forwards signals"
HOMEPAGE = "https://github.com/krallin/tini"
LICENSE = "MIT"
LIC_FILES_CHKSUM = "file://LICENSE;sha256=e5f46bca81266bdd511cf08018d66866870531794569c04f9b45f50dd23c28b0"

SRC_URI = "https://github.com/krallin/tini/archive/refs/tags/v${PV}.tar.gz"
SRC_URI[sha256sum] = "0fd35a7030052acd9f58948d1d900fe1e432ee37103c5561554408bdac6bbf0d"

inherit cmake

# Upstream links with -s.
INSANE_SKIP:${PN} += "already-stripped"
INSANE_SKIP:${PN}-static += "already-stripped"
PACKAGES =+ "${PN}-static"
FILES:${PN}-static = "${bindir}/tini-static"
