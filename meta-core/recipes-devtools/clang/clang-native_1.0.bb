SUMMARY = "The distribution's C and C++ compiler of LLVM"

inherit host-packages

HOST_PACKAGES = "clang"
