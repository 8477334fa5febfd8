SUMMARY = "The distribution's cross compilers and kernel headers for the target"

inherit host-packages cross

# A build machine of the target's own architecture has them in host-tools.
GNU_NAME = "${@d.getVar('GNU_SYS').replace('_', '-')}"
CROSS_PACKAGES = "gcc-${GNU_NAME} linux-libc-dev-${DEBIAN_ARCH}-cross"
CROSS_PACKAGES:append:libc-glibc = " g++-${GNU_NAME} libc6-dev-${DEBIAN_ARCH}-cross"
HOST_PACKAGES = "${CROSS_PACKAGES}"
HOST_PACKAGES:${BUILD_ARCH} = ""
WORK_CLASS .= "-${TCLIBC}"
