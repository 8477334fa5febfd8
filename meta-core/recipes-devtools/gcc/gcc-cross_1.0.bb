SUMMARY = "Compilers and binary tools under the target's name"
# The distribution's GNU compiler, told where the sysroot is. For musl it uses musl's headers, start files and loader, and is a
# compiler for C, and g++-cross is one for C++; for glibc it is both.
LICENSE = "MIT"
SRC_URI = "file://record-link.sh file://record-headers.sh"
S = "${UNPACKDIR}"

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
# The linker, where compilers find it.
LINKER_DIRECTORY = "${libexecdir}/${TARGET_SYS}"
LINKER_FROM_BINDIR = "../libexec/${TARGET_SYS}"
CXX_COMPILER = ""
CXX_COMPILER:libc-glibc = "g++"

do_install () {
    install -d ${D}${bindir}
    install -d ${D}${LINKER_DIRECTORY}
    sed 's#@LINKER@#'${GNU_SYS}'-ld#' ${S}/record-link.sh > ${D}${LINKER_DIRECTORY}/ld
    chmod 0755 ${D}${LINKER_DIRECTORY}/ld
    ln -s ${LINKER_FROM_BINDIR}/ld ${D}${bindir}/${TARGET_PREFIX}ld
    for tool in ar as nm objcopy objdump ranlib readelf strings strip gcc-ar gcc-nm gcc-ranlib; do
        ln -s ${GNU_SYS}-$tool ${D}${bindir}/${TARGET_PREFIX}$tool
    done
    ln -s pkg-config ${D}${bindir}/${TARGET_PREFIX}pkg-config
    for compiler in gcc ${CXX_COMPILER}; do
        sed -e "s#@COMPILER@#${GNU_SYS}-$compiler#" -e 's#@LINKER@#${LINKER_FROM_BINDIR}#' -e 's#@OPTIONS@#${GCC_FOR_LIBC} ${PREFIX_MAP}#' \
            ${S}/record-headers.sh > ${D}${bindir}/${TARGET_PREFIX}$compiler
        chmod 0755 ${D}${bindir}/${TARGET_PREFIX}$compiler
    done
}
