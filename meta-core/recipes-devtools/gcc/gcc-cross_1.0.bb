SUMMARY = "Compilers and binary tools under the target's name"
# The distribution's GNU compiler, told where the sysroot is. For musl it uses musl's headers, start files and loader, and is a
# compiler for C, and g++-cross is one for C++; for glibc it is both.
LICENSE = "MIT"

inherit cross

DEPENDS = "gcc-cross-debian"
PROVIDES = "virtual/cross-cc"
WORK_CLASS .= "-${TCLIBC}"

# What debug information and __FILE__ say instead of the places in the sandbox.
PREFIX_MAP = "-ffile-prefix-map=/build/work=/usr/src/debug -ffile-prefix-map=${STAGING_DIR_TARGET}="
GCC_FOR_LIBC:libc-musl = "-specs=${STAGING_DIR_TARGET}${libdir}/musl-gcc.specs"
GCC_FOR_LIBC:libc-glibc = " \
    -isystem ${STAGING_DIR_TARGET}${includedir} -L${STAGING_DIR_TARGET}${libdir} -Wl,-rpath-link,${STAGING_DIR_TARGET}${libdir} \
"
CXX_COMPILER = ""
CXX_COMPILER:libc-glibc = "g++"

do_install () {
    install -d ${D}${bindir}
    for tool in ar as ld nm objcopy objdump ranlib readelf strings strip gcc-ar gcc-nm gcc-ranlib; do
        ln -s ${GNU_SYS}-$tool ${D}${bindir}/${TARGET_PREFIX}$tool
    done
    ln -s pkg-config ${D}${bindir}/${TARGET_PREFIX}pkg-config
    for compiler in gcc ${CXX_COMPILER}; do
        printf '#!/bin/sh\nexec %s-%s %s "$@"\n' ${GNU_SYS} $compiler '${GCC_FOR_LIBC} ${PREFIX_MAP}' > ${D}${bindir}/${TARGET_PREFIX}$compiler
        chmod 0755 ${D}${bindir}/${TARGET_PREFIX}$compiler
    done
}
