SUMMARY = "Run-time libraries of the C and C++ compiler: libgcc, libstdc++, libatomic"

require gcc.inc

INHIBIT_DEFAULT_DEPS = "1"
DEPENDS = "host-tools gcc-cross-source virtual/libc"
B = "${WORKDIR}/build"

# Each library is configured as the compiler's own build would do it: beside a directory gcc, two levels above.
LIBGCC = "${B}/${TARGET_SYS}/libgcc"
CONFIGURE_LIBRARY = " \
    --build=${BUILD_SYS} --host=${HOST_SYS} --target=${TARGET_SYS} --with-cross-host=${BUILD_SYS} --with-target-subdir=${TARGET_SYS} \
    --prefix=${prefix} --libdir=${libdir} --with-gxx-include-dir=${includedir}/c++/${PV} \
    --disable-multilib --disable-nls --disable-libstdcxx-pch --disable-dependency-tracking \
"
# No lib64 and no directory of the cross compiler.
LIBRARY_PLACES = "MULTIOSSUBDIR= slibdir=${libdir} toolexeclibdir=${libdir} libsubdir=${libdir}/${TARGET_SYS}/${PV}"

library_make () {
    oe_runmake -C ${B}/${TARGET_SYS}/$1 ${LIBRARY_PLACES} $2
}

library_compile () {
    install -d ${B}/${TARGET_SYS}/$1
    (cd ${B}/${TARGET_SYS}/$1 && ${S}/$1/configure ${CONFIGURE_LIBRARY}) || { tail -n 40 ${B}/${TARGET_SYS}/$1/config.log; return 1; }
    library_make $1 all
}

do_configure () {
    cp -r ${GCC_BUILD_FILES} ${B}/gcc
    install -d ${B}/gcc/include
}

do_compile () {
    library_compile libgcc

    # The C++ compiler would want the library that is being made; the C compiler knows the language as well.
    export CC="${CC} -B${LIBGCC}" CXX="${CC} -B${LIBGCC} -shared-libgcc -nostdinc++"
    library_compile libatomic
    library_compile libstdc++-v3
}

do_install () {
    for library in libgcc libatomic libstdc++-v3; do
        library_make $library "install DESTDIR=${D}"
    done
    # The compiler has its headers already; libtool archives and debuggers' scripts name places of the sandbox.
    rm -rf ${D}${libdir}/${TARGET_SYS}/${PV}/include ${D}${datadir}
    find ${D} -name '*.la' -delete -o -name '*-gdb.py' -delete
}

PACKAGES = "libgcc libstdc++ libatomic ${PN}-staticdev ${PN}-dev"
FILES:libgcc = "${libdir}/libgcc_s.so.*"
FILES:libstdc++ = "${libdir}/libstdc++.so.*"
FILES:libatomic = "${libdir}/libatomic.so.*"
FILES:${PN}-dev += "${libdir}/${TARGET_SYS}"
RDEPENDS:${PN}-dev = "libgcc libstdc++ libatomic"
