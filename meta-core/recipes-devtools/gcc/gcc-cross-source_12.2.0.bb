SUMMARY = "C and C++ compiler for the target"

require gcc.inc
inherit autotools cross

DEPENDS = "binutils-cross gcc-libraries-native"
PROVIDES = "virtual/cross-cc gcc-build-files"
WORK_CLASS .= "-${TCLIBC}"

# What debug information and __FILE__ say instead of the places in the sandbox.
PREFIX_MAP = "-ffile-prefix-map=/build/work=/usr/src/debug -ffile-prefix-map=${STAGING_DIR_TARGET}="
GCC_TUNE = ""
GCC_TUNE:arm = "--with-arch=armv7-a+fp --with-float=hard"
GCC_TUNE:riscv64 = "--with-arch=rv64gc --with-abi=lp64d"
EXTRA_OECONF = " \
    --target=${TARGET_SYS} --with-sysroot=${STAGING_DIR_TARGET} --with-gxx-include-dir=${STAGING_DIR_TARGET}${includedir}/c++/${PV} \
    --enable-languages=c,c++ --enable-default-pie --enable-threads=posix --enable-checking=release \
    --with-glibc-version=2.36 --disable-multilib --disable-nls --disable-bootstrap --disable-libcc1 --disable-plugin \
    '--with-specs=${PREFIX_MAP}' ${GCC_TUNE} \
"

EXTRA_OEMAKE = "MAKEINFO=true"
FIRST_LIBGCC = "enable_shared=no enable_gcov=no INHIBIT_LIBC_CFLAGS=-Dinhibit_libc"

do_compile () {
    oe_runmake configure-gcc
    # There is no C library yet, whose headers the compiler would look for: take its own limits.h, and mend nothing. The command line
    # of the top-level makefile does not reach this one.
    sed -i -e 's/^STMP_FIXINC = .*/STMP_FIXINC =/' -e 's/^LIMITS_H_TEST = .*/LIMITS_H_TEST = true/' gcc/Makefile
    oe_runmake all-gcc

    # That of the build machine is not for libraries of the target.
    unset CPP
    oe_runmake configure-target-libgcc
    # Nor are there threads yet.
    install -m 0644 ${S}/libgcc/gthr-single.h ${TARGET_SYS}/libgcc/gthr-default.h
    oe_runmake -C ${TARGET_SYS}/libgcc ${FIRST_LIBGCC}
}

do_install () {
    # No manuals, whose sources are not all there.
    oe_runmake -C gcc install-common install-headers install-cpp install-driver install-lto-wrapper install-gcc-ar DESTDIR=${D}
    oe_runmake -C lto-plugin install DESTDIR=${D}
    # What would mend the headers of a system that has some.
    rm -rf ${D}${datadir} ${D}${libdir}/gcc/*/*/install-tools ${D}${libexecdir}/gcc/*/*/install-tools

    oe_runmake -C ${TARGET_SYS}/libgcc install-unwind_h install-gcov_h DESTDIR=${D}
    install -d ${D}${GCC_FIRST_LIBRARIES} ${D}${GCC_BUILD_FILES}
    install -m 0644 ${TARGET_SYS}/libgcc/libgcc.a ${TARGET_SYS}/libgcc/crt*.o ${D}${GCC_FIRST_LIBRARIES}/
    ln -s libgcc.a ${D}${GCC_FIRST_LIBRARIES}/libgcc_eh.a
    install -m 0644 gcc/*.h gcc/libgcc.mvars ${D}${GCC_BUILD_FILES}/
}
