SUMMARY = "What run-time libraries ask of the configuration of the compiler"
# Its packages do not contain that, so the same version is configured for the same target; no compiler is built.

require gcc.inc
inherit autotools cross

DEPENDS = "gcc-cross gcc-libraries-native"
WORK_CLASS .= "-${TCLIBC}"

EXTRA_OECONF = " \
    --target=${TARGET_SYS} --with-sysroot=${STAGING_DIR_TARGET} --enable-languages=c --enable-threads=posix --enable-default-pie \
    --disable-multilib --disable-nls --disable-bootstrap \
"
EXTRA_OEMAKE = "MAKEINFO=true"

do_compile () {
    oe_runmake all-build-libiberty all-build-libcpp configure-gcc
    oe_runmake -C gcc -o specs -o xgcc libgcc.mvars tconfig.h tm.h options.h insn-constants.h insn-modes.h version.h
}

do_install () {
    install -d ${D}${GCC_BUILD_FILES}
    install -m 0644 gcc/*.h gcc/libgcc.mvars ${D}${GCC_BUILD_FILES}/
}
