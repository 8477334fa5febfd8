SUMMARY = "C compiler and binary tools under the target's name"
# The distribution's GNU compiler, told by musl's specs to use musl's headers, start files and loader. C only.
LICENSE = "MIT"

inherit cross

DEPENDS = "gcc-cross-debian"
PROVIDES = "virtual/cross-cc"

do_install () {
    install -d ${D}${bindir}
    for tool in ar as ld nm objcopy objdump ranlib readelf strings strip gcc-ar gcc-nm gcc-ranlib; do
        ln -s ${GNU_SYS}-$tool ${D}${bindir}/${TARGET_PREFIX}$tool
    done
    ln -s pkg-config ${D}${bindir}/${TARGET_PREFIX}pkg-config
    printf '#!/bin/sh\nexec %s-gcc -specs=%s "$@"\n' ${GNU_SYS} ${STAGING_DIR_TARGET}${libdir}/musl-gcc.specs > ${D}${bindir}/${TARGET_PREFIX}gcc
    chmod 755 ${D}${bindir}/${TARGET_PREFIX}gcc
}
