SUMMARY = "Kernel interface headers for user space, from the kernel's source"
HOMEPAGE = "https://www.kernel.org/"
LICENSE = "GPL-2.0-only WITH Linux-syscall-note"
LIC_FILES_CHKSUM = "file://COPYING;sha256=fb5a425bd3b3cd6071a3a9aff9909a859e7c1158d54d32e07658398cd67eb6a0"

# Debian's copy leaves out firmware; the code is upstream's.
SRC_URI = "${DEBIAN_MIRROR}/main/l/linux/linux_${PV}.orig.tar.xz"
SRC_URI[sha256sum] = "9aad4025973feea3f0d978e82ab7db97d8d5ce3f59fcc6b1f316153d66e3a504"
S = "${UNPACKDIR}/linux-${PV}"

inherit kernel-arch

INHIBIT_DEFAULT_DEPS = "1"
DEPENDS = "host-tools"
PROVIDES = "linux-libc-headers"
B = "${WORKDIR}/build"

do_compile () {
    kernel_environment
    oe_runmake headers
}

do_install () {
    install -d ${D}${includedir}
    cp -r usr/include/. ${D}${includedir}/
    find ${D}${includedir} -type f ! -name '*.h' -delete
}

# Headers only.
RDEPENDS:${PN}-dev = ""
