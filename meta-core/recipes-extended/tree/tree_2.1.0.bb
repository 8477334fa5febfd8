SUMMARY = "Lists directories as a tree"
HOMEPAGE = "http://mama.indstate.edu/users/ice/tree/"
LICENSE = "GPL-2.0-or-later"
LIC_FILES_CHKSUM = "file://LICENSE;sha256=204d8eff92f95aac4df6c8122bc1505f468f3a901e5a4cc08940e0ede1938994"

SRC_URI = "${DEBIAN_MIRROR}/main/t/tree/tree_${PV}.orig.tar.gz"
SRC_URI[sha256sum] = "0160c535bff2b0dc6a830b9944e981e3427380f63e748da96ced7071faebabf6"

EXTRA_OEMAKE = "'CC=${CC}' 'CFLAGS=${CFLAGS} -D_LARGEFILE64_SOURCE -D_FILE_OFFSET_BITS=64' 'LDFLAGS=${LDFLAGS}'"

do_install () {
    oe_runmake install PREFIX=${D}${prefix} MANDIR=${D}${mandir}
}
