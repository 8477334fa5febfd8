# Sources with a CMakeLists.txt.
#
#     inherit cmake
#     EXTRA_OECMAKE = "-DBUILD_TESTING=OFF"

DEPENDS:append = " cmake-native"
B = "${WORKDIR}/build"

EXTRA_OECMAKE ?= ""
OECMAKE_SOURCEPATH ?= "${S}"

# Makefiles and not Ninja: make takes its parallelism from Strata's job-server.
cmake_do_configure () {
    cat > ${WORKDIR}/toolchain.cmake <<EOF
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR ${HOST_ARCH})
set(CMAKE_C_COMPILER ${HOST_PREFIX}gcc)
set(CMAKE_CXX_COMPILER ${HOST_PREFIX}g++)
set(CMAKE_FIND_ROOT_PATH "${STAGING_DIR_HOST}/")
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
EOF
    cmake -G 'Unix Makefiles' -S ${OECMAKE_SOURCEPATH} -B ${B} -DCMAKE_TOOLCHAIN_FILE=${WORKDIR}/toolchain.cmake \
        -DCMAKE_BUILD_TYPE=None -DCMAKE_INSTALL_PREFIX=${prefix} -DCMAKE_INSTALL_LIBDIR=lib \
        -DCMAKE_INSTALL_SYSCONFDIR=${sysconfdir} -DCMAKE_INSTALL_LOCALSTATEDIR=${localstatedir} -DCMAKE_SKIP_RPATH=ON \
        ${EXTRA_OECMAKE} ${PACKAGECONFIG_CONFARGS}
}

cmake_do_compile () {
    oe_runmake
}

cmake_do_install () {
    oe_runmake install DESTDIR=${D}
}

EXPORT_FUNCTIONS do_configure do_compile do_install
