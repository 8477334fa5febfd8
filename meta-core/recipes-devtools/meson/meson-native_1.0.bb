SUMMARY = "Build system for C and C++, with ninja"

inherit host-packages

HOST_PACKAGES = "meson ninja-build"
