SUMMARY = "C++ compiler under the target's name, with the libraries of gcc-runtime"
LICENSE = "MIT"

inherit cross

DEPENDS = "gcc-cross g++-cross-debian"
WORK_CLASS .= "-${TCLIBC}"

GCC_VERSION = "12.2.0"
CXX_FOR_LIBC = " \
    -specs=${STAGING_DIR_TARGET}${libdir}/musl-g++.specs -B${STAGING_DIR_TARGET}${libdir}/${TARGET_SYS}/${GCC_VERSION} \
    -Wl,-rpath-link,${STAGING_DIR_TARGET}${libdir} -ffile-prefix-map=/build/work=/usr/src/debug -ffile-prefix-map=${STAGING_DIR_TARGET}= \
"

do_install () {
    install -d ${D}${bindir}
    printf '#!/bin/sh\nexec %s-g++ %s "$@"\n' ${GNU_SYS} '${CXX_FOR_LIBC}' > ${D}${bindir}/${TARGET_PREFIX}g++
    chmod 0755 ${D}${bindir}/${TARGET_PREFIX}g++
}
