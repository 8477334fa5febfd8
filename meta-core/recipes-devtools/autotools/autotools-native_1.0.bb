SUMMARY = "Autoconf, automake and libtool, for sources without a configure script"

inherit host-packages

HOST_PACKAGES = "autoconf automake libtool"
