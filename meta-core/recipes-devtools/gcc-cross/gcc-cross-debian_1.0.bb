SUMMARY = "The distribution's cross compiler and kernel headers for the target architecture"

inherit host-packages cross

# A build machine of the target's own architecture has both in host-tools.
HOST_PACKAGES = "gcc-${@d.getVar('GNU_SYS').replace('_', '-')} linux-libc-dev-${DEBIAN_ARCH}-cross"
HOST_PACKAGES:${BUILD_ARCH} = ""
