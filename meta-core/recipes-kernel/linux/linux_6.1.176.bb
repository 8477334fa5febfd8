SUMMARY = "Linux kernel"
HOMEPAGE = "https://www.kernel.org/"
LICENSE = "GPL-2.0-only WITH Linux-syscall-note"
LIC_FILES_CHKSUM = "file://COPYING;sha256=fb5a425bd3b3cd6071a3a9aff9909a859e7c1158d54d32e07658398cd67eb6a0"

# Debian's copy leaves out firmware; the code is upstream's.
SRC_URI = "${DEBIAN_MIRROR}/main/l/linux/linux_${PV}.orig.tar.xz file://base.cfg file://machine.cfg"
SRC_URI[sha256sum] = "9aad4025973feea3f0d978e82ab7db97d8d5ce3f59fcc6b1f316153d66e3a504"

inherit kernel
