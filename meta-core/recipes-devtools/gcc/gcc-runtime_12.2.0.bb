SUMMARY = "Run-time libraries of the C and C++ compiler: libgcc, libstdc++, libatomic"

require gcc.inc

INHIBIT_DEFAULT_DEPS = "1"
DEPENDS = "host-tools virtual/cross-cc virtual/libc gcc-build-files ${BARE_CXX_COMPILER}"
B = "${WORKDIR}/build"

# Each library is configured as the compiler's own build would do it: beside a directory gcc, two levels above.
LIBGCC = "${B}/${TARGET_SYS}/libgcc"
CONFIGURE_LIBRARY = " \
    --build=${BUILD_SYS} --host=${HOST_SYS} --target=${TARGET_SYS} --with-cross-host=${BUILD_SYS} --with-target-subdir=${TARGET_SYS} \
    --prefix=${prefix} --libdir=${libdir} --with-gxx-include-dir=${includedir}/c++/${PV} \
    --disable-multilib --disable-nls --disable-libstdcxx-pch --disable-dependency-tracking \
"
# The distribution's compiler takes the target for one with glibc, which has what musl has not.
CC:append:libc-musl = " -U__gnu_linux__"
CONFIGURE_ANSWERS = ""
CONFIGURE_ANSWERS:libc-musl = "libat_cv_have_ifunc=no"
# No lib64 and no directory of the cross compiler.
LIBRARY_PLACES = "MULTIOSSUBDIR= slibdir=${libdir} toolexeclibdir=${libdir} libsubdir=${libdir}/${TARGET_SYS}/${PV}"

library_make () {
    oe_runmake -C ${B}/${TARGET_SYS}/$1 ${LIBRARY_PLACES} $2
}

library_compile () {
    install -d ${B}/${TARGET_SYS}/$1
    (cd ${B}/${TARGET_SYS}/$1 && ${CONFIGURE_ANSWERS} ${S}/$1/configure ${CONFIGURE_LIBRARY}) || { tail -n 40 ${B}/${TARGET_SYS}/$1/config.log; return 1; }
    library_make $1 all
}

do_configure () {
    install -d ${B}/gcc/include
    install -m 0644 ${GCC_BUILD_FILES}/* ${B}/gcc/
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
    # That of C++ counts itself to the cross compiler, in lib or lib64.
    find ${D}${prefix}/${TARGET_SYS} ! -type d -exec mv {} ${D}${libdir}/ \;
    rm -r ${D}${prefix}/${TARGET_SYS}
    # The compiler has its headers already; libtool archives and debuggers' scripts name places of the sandbox.
    rm -rf ${D}${libdir}/${TARGET_SYS}/${PV}/include ${D}${datadir}
    find ${D} -name '*.la' -delete -o -name '*-gdb.py' -delete
}

# For g++-cross: C++ headers before those of C, and the shared libgcc.
do_populate_sysroot:append () {
    headers=${STAGING_DIR_TARGET}${includedir}/c++/${PV}
    if [ -e ${STAGING_DIR_TARGET}${libdir}/musl-gcc.specs ]; then
        sed -e "s#-isystem ${STAGING_DIR_TARGET}${includedir}#-isystem $headers -isystem $headers/${TARGET_SYS} -isystem $headers/backward &#" \
            -e 's#%:if-exists(libgcc_eh.a%s)#%{static|static-pie:libgcc_eh.a%s;:-lgcc_s}#' \
            ${STAGING_DIR_TARGET}${libdir}/musl-gcc.specs > ${SYSROOT_DESTDIR}${libdir}/musl-g++.specs
    fi
}

PACKAGES = "libgcc libstdc++ libatomic ${PN}-staticdev ${PN}-dev"
FILES:libgcc = "${libdir}/libgcc_s.so.*"
FILES:libstdc++ = "${libdir}/libstdc++.so.*"
FILES:libatomic = "${libdir}/libatomic.so.*"
FILES:${PN}-staticdev += "${libdir}/${TARGET_SYS}/${PV}/*.a"
FILES:${PN}-dev += "${libdir}/${TARGET_SYS}"
RDEPENDS:${PN}-dev = "libgcc libstdc++ libatomic"
