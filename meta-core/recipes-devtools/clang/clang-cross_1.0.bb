SUMMARY = "LLVM's compilers under the target's name"
# The distribution's clang, told where the sysroot is. It links with the GNU linker, the GNU compiler's libgcc and, in C++, libstdc++.
# Recipes and classes call a compiler named gcc.
LICENSE = "MIT"

inherit cross

DEPENDS = "gcc-cross-debian clang-native"
PROVIDES = "virtual/cross-cc"
WORK_CLASS .= "-${TCLIBC}"

GCC_VERSION = "12"
GCC_LIBRARIES = "/usr/lib/gcc-cross/${GNU_SYS}/${GCC_VERSION}"
GCC_LIBRARIES:${BUILD_ARCH} = "/usr/lib/gcc/${GNU_SYS}/${GCC_VERSION}"
# Where clang finds these libraries, and nothing of another C library beside them.
GCC_TOOLCHAIN = "/usr/share/clang-cross/${TARGET_SYS}"

# What debug information and __FILE__ say instead of the places in the sandbox.
PREFIX_MAP = "-ffile-prefix-map=/build/work=/usr/src/debug -ffile-prefix-map=${STAGING_DIR_TARGET}="
CLANG_FOR_LIBC:libc-musl = "--target=${TARGET_SYS} --sysroot=${STAGING_DIR_TARGET} --gcc-toolchain=${GCC_TOOLCHAIN}"
CLANG_FOR_LIBC:libc-glibc = " \
    --target=${GNU_SYS} -isystem ${STAGING_DIR_TARGET}${includedir} -L${STAGING_DIR_TARGET}${libdir} -Wl,-rpath-link,${STAGING_DIR_TARGET}${libdir} \
"
# The libraries of gcc-runtime, which is made by the GNU compiler.
RUNTIME_VERSION = "12.2.0"
RUNTIME_HEADERS = "${STAGING_DIR_TARGET}${includedir}/c++/${RUNTIME_VERSION}"
RUNTIME_LIBRARIES = "${STAGING_DIR_TARGET}${libdir}/${TARGET_SYS}/${RUNTIME_VERSION}"
CXX_FOR_LIBC:libc-musl = " \
    -nostdinc++ -isystem ${RUNTIME_HEADERS} -isystem ${RUNTIME_HEADERS}/${TARGET_SYS} -isystem ${RUNTIME_HEADERS}/backward \
    -B${RUNTIME_LIBRARIES} -L${RUNTIME_LIBRARIES} \
"
CXX_FOR_LIBC:libc-glibc = ""
# Programs in C need no shared library of the compiler.
C_FOR_LIBC = "-static-libgcc"
CLANG_OPTIONS = "${CLANG_FOR_LIBC} --ld-path=/usr/bin/${TARGET_PREFIX}ld -Wno-unused-command-line-argument ${PREFIX_MAP}"

clang_wrapper () {
    printf '#!/bin/sh\nexec %s "$@"\n' "$2" > ${D}${bindir}/${TARGET_PREFIX}$1
    chmod 0755 ${D}${bindir}/${TARGET_PREFIX}$1
}

do_install () {
    install -d ${D}${bindir} ${D}${GCC_TOOLCHAIN}/lib/gcc/${TARGET_SYS}/${GCC_VERSION}
    for tool in ar as ld nm objcopy objdump ranlib readelf strings strip gcc-ar gcc-nm gcc-ranlib; do
        ln -s ${GNU_SYS}-$tool ${D}${bindir}/${TARGET_PREFIX}$tool
    done
    ln -s pkg-config ${D}${bindir}/${TARGET_PREFIX}pkg-config
    for library in crtbegin.o crtbeginS.o crtbeginT.o crtend.o crtendS.o libgcc.a libgcc_eh.a; do
        ln -s ${GCC_LIBRARIES}/$library ${D}${GCC_TOOLCHAIN}/lib/gcc/${TARGET_SYS}/${GCC_VERSION}/$library
    done
    clang_wrapper clang "clang ${CLANG_OPTIONS} ${C_FOR_LIBC}"
    clang_wrapper clang++ "clang++ ${CLANG_OPTIONS} ${CXX_FOR_LIBC}"
    ln -s ${TARGET_PREFIX}clang ${D}${bindir}/${TARGET_PREFIX}gcc
    ln -s ${TARGET_PREFIX}clang++ ${D}${bindir}/${TARGET_PREFIX}g++
}
