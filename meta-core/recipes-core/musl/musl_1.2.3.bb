SUMMARY = "C library: loader, headers and start files"
HOMEPAGE = "https://musl.libc.org/"
# Programs also contain pieces of libgcc.a (GPL-3.0-or-later WITH GCC-exception-3.1), which the exception leaves free.
LICENSE = "MIT"
LIC_FILES_CHKSUM = "file://COPYRIGHT;sha256=f9bc4423732350eb0b3f7ed7e91d530298476f8fec0c6c427a1c04ade22655af"

SRC_URI = "https://musl.libc.org/releases/musl-${PV}.tar.gz"
SRC_URI[sha256sum] = "7d5b0b6062521e4627e099e4c9dc8248d32a30285e959b7eecaa780cf8cfd4a4"

# The target's compiler needs this library, so a compiler without one makes it.
INHIBIT_DEFAULT_DEPS = "1"
DEPENDS = "host-tools ${BARE_COMPILER} linux-libc-headers"
PROVIDES = "virtual/libc"
COMPATIBLE_HOST = ".*-musl"
HOST_PREFIX = "${BARE_PREFIX}"
CC:append = " ${BARE_FLAGS}"

MUSL_ARCH = "${TARGET_ARCH}"
MUSL_ARCH:arm = "armhf"
LOADER = "ld-musl-${MUSL_ARCH}.so.1"
# The name that Alpine Linux uses, so that programs can be exchanged.
LDFLAGS += "-Wl,-soname,libc.musl-${MUSL_ARCH}.so.1"

do_configure () {
    ./configure --target=${HOST_SYS} --prefix=${prefix} --syslibdir=/lib --disable-wrapper CROSS_COMPILE=${HOST_PREFIX}
}

do_install () {
    oe_runmake install-headers install-libs DESTDIR=${D} syslibdir=${libdir}
    mv ${D}${libdir}/libc.so ${D}${libdir}/${LOADER}
    ln -s ${LOADER} ${D}${libdir}/libc.so
    ln -s ${LOADER} ${D}${libdir}/libc.musl-${MUSL_ARCH}.so.1
}

# What makes the distribution's compiler one for musl; it names the sysroot, so it is not packaged.
do_populate_sysroot:append () {
    sh ${S}/tools/musl-gcc.specs.sh ${STAGING_DIR_TARGET}${includedir} ${STAGING_DIR_TARGET}${libdir} /lib/${LOADER} \
        > ${SYSROOT_DESTDIR}${libdir}/musl-gcc.specs
}

FILES:${PN} += "${libdir}/${LOADER}"
