SUMMARY = "The distribution's C++ cross compiler, for C libraries other than its own"

inherit host-packages cross

# A build machine of the target's own architecture has it in host-tools.
HOST_PACKAGES = "g++-${@d.getVar('GNU_SYS').replace('_', '-')}"
HOST_PACKAGES:${BUILD_ARCH} = ""
