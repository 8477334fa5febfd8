SUMMARY = "Kernel interface headers for user space"
HOMEPAGE = "https://www.kernel.org/"
LICENSE = "GPL-2.0-only WITH Linux-syscall-note"
LIC_FILES_CHKSUM = "file://COPYING;sha256=c05d64dc54ea4c14b6ee5418cbe7cc4324f845caf4e9e926f75ecdae8d20aa9f"

SRC_URI = "file://COPYING"
S = "${UNPACKDIR}"

INHIBIT_DEFAULT_DEPS = "1"
DEPENDS = "host-tools gcc-cross-debian"

# Where the imported package has them; Debian's cross package differs from its native one.
KERNEL_HEADERS = "/usr/${GNU_SYS}/include"
KERNEL_HEADERS:${BUILD_ARCH} = "/usr/include"
KERNEL_HEADERS_ASM = "${KERNEL_HEADERS}/asm"
KERNEL_HEADERS_ASM:${BUILD_ARCH} = "/usr/include/${GNU_SYS}/asm"

do_install () {
    install -d ${D}${includedir}
    cp -r ${KERNEL_HEADERS_ASM} ${D}${includedir}/
    for dir in asm-generic linux misc mtd rdma scsi sound video xen; do
        cp -r ${KERNEL_HEADERS}/$dir ${D}${includedir}/
    done
}

# Headers only.
RDEPENDS:${PN}-dev = ""
