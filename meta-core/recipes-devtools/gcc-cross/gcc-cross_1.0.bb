SUMMARY = "C compiler and binary tools under the target's name"
# The distribution's GNU compiler, told by musl's specs to use musl's headers, start files and loader. C only.
LICENSE = "MIT"

inherit cross

DEPENDS = "gcc-cross-debian"
PROVIDES = "virtual/cross-cc"

MUSL_SPECS = "${STAGING_DIR_TARGET}${libdir}/musl-gcc.specs"
# What debug information and __FILE__ say instead of the places in the sandbox.
PREFIX_MAP = "-ffile-prefix-map=/build/work=/usr/src/debug -ffile-prefix-map=${STAGING_DIR_TARGET}="

do_install () {
    install -d ${D}${bindir}
    for tool in ar as ld nm objcopy objdump ranlib readelf strings strip gcc-ar gcc-nm gcc-ranlib; do
        ln -s ${GNU_SYS}-$tool ${D}${bindir}/${TARGET_PREFIX}$tool
    done
    ln -s pkg-config ${D}${bindir}/${TARGET_PREFIX}pkg-config
    printf '#!/bin/sh\nexec %s-gcc -specs=%s %s "$@"\n' ${GNU_SYS} ${MUSL_SPECS} '${PREFIX_MAP}' > ${D}${bindir}/${TARGET_PREFIX}gcc
    chmod 0755 ${D}${bindir}/${TARGET_PREFIX}gcc
}
