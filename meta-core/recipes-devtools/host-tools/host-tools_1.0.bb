SUMMARY = "Shell, core utilities, make, perl and the compiler for the build machine"

inherit host-packages

HOST_PACKAGES = "${HOST_TOOLS_PACKAGES}"
HOST_PACKAGES_PRESENT = ""
