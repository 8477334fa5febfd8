# Sources with a meson.build. Meson learns the cross compilers from a generated machine file.
#
#     inherit meson
#     EXTRA_OEMESON = "-Dtests=false"

DEPENDS:append = " meson-native"
B = "${WORKDIR}/build"

EXTRA_OEMESON ?= ""
MESON_SOURCEPATH ?= "${S}"
MESON_CPU_FAMILY = "${HOST_ARCH}"

meson_list () {
    printf "'%s', " "$@"
}

meson_do_configure () {
    cat > ${WORKDIR}/cross.ini <<EOF
[binaries]
c = '${HOST_PREFIX}gcc'
cpp = '${HOST_PREFIX}g++'
ar = '${HOST_PREFIX}gcc-ar'
nm = '${HOST_PREFIX}gcc-nm'
strip = '${HOST_PREFIX}strip'
pkgconfig = 'pkg-config'
[built-in options]
c_args = [$(meson_list ${CFLAGS})]
c_link_args = [$(meson_list ${LDFLAGS})]
cpp_args = [$(meson_list ${CXXFLAGS})]
cpp_link_args = [$(meson_list ${LDFLAGS})]
[properties]
needs_exe_wrapper = true
sys_root = '${STAGING_DIR_HOST}'
pkg_config_libdir = '${PKG_CONFIG_LIBDIR}'
[host_machine]
system = 'linux'
cpu_family = '${MESON_CPU_FAMILY}'
cpu = '${HOST_ARCH}'
endian = 'little'
EOF
    # What is exported here is meant for the target; programs for the build machine get Meson's defaults.
    unset CC CPP LD AR NM STRIP CFLAGS CXXFLAGS CPPFLAGS LDFLAGS
    meson setup ${MESON_SOURCEPATH} ${B} --cross-file ${WORKDIR}/cross.ini --buildtype plain --wrap-mode nodownload \
        --prefix ${prefix} --libdir lib --sysconfdir ${sysconfdir} --localstatedir ${localstatedir} \
        ${EXTRA_OEMESON} ${PACKAGECONFIG_CONFARGS}
}

meson_do_compile () {
    ninja -j ${PARALLEL_NINJA}
}

meson_do_install () {
    DESTDIR=${D} meson install --no-rebuild
}

EXPORT_FUNCTIONS do_configure do_compile do_install
