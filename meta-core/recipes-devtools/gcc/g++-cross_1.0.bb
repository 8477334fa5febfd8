SUMMARY = "C++ compiler under the target's name, with the libraries of gcc-runtime"
LICENSE = "MIT"
SRC_URI = "file://record-headers.sh"
S = "${UNPACKDIR}"

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
    sed -e 's#@COMPILER@#${GNU_SYS}-g++#' -e 's#@LINKER@#../libexec/${TARGET_SYS}#' -e 's#@OPTIONS@#${CXX_FOR_LIBC}#' \
        ${S}/record-headers.sh > ${D}${bindir}/${TARGET_PREFIX}g++
    chmod 0755 ${D}${bindir}/${TARGET_PREFIX}g++
}
