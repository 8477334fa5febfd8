SUMMARY = "Filters for system calls"
HOMEPAGE = "https://github.com/seccomp/libseccomp"
LICENSE = "LGPL-2.1-only"
LIC_FILES_CHKSUM = "file://LICENSE;sha256=102900208eef27b766380135906d431dba87edaa7ec6aa72e6ebd3dd67f3a97b"

SRC_URI = "https://github.com/seccomp/libseccomp/releases/download/v${PV}/libseccomp-${PV}.tar.gz"
SRC_URI[sha256sum] = "d82902400405cf0068574ef3dc1fe5f5926207543ba1ae6f8e7a1576351dcbdb"

DEPENDS = "gperf-native"

inherit autotools pkgconfig

EXTRA_OECONF = "--disable-static --disable-python"

PACKAGES =+ "${PN}-tools"
FILES:${PN}-tools = "${bindir}"
