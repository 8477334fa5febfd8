SUMMARY = "Lets a debugger elsewhere debug programs here"
HOMEPAGE = "https://www.sourceware.org/gdb/"
LICENSE = "GPL-3.0-or-later AND LGPL-2.1-or-later"
LIC_FILES_CHKSUM = "file://COPYING3;sha256=8ceb4b9ee5adedde47b31e975c1d90c73ad27b6b165a1dcd80c7c545eb65b903 file://COPYING.LIB;sha256=56bdea73b6145ef6ac5259b3da390b981d840c24cb03b8e1cbc678de7ecfa18d"

# Debian's copy leaves out documents; the code is upstream's.
SRC_URI = "${DEBIAN_MIRROR}/main/g/gdb/gdb_${PV}.orig.tar.xz"
SRC_URI[sha256sum] = "d861181d5fa473787ed647895ec22d6ab001bb0a2354d76537fc0d6e244f5a15"
S = "${UNPACKDIR}/gdb-${PV}"
CVE_PRODUCT = "gdb"

inherit autotools cxx

EXTRA_OECONF = " \
    --enable-gdbserver --disable-gdb --disable-inprocess-agent --disable-binutils --disable-gas --disable-gprof --disable-gprofng \
    --disable-ld --disable-nls --disable-readline --disable-sim --disable-werror \
"

do_compile () {
    oe_runmake all-gdbserver
}

do_install () {
    oe_runmake install-gdbserver DESTDIR=${D}
}
