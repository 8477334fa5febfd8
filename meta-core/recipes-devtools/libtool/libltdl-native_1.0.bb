SUMMARY = "Macros of libtool that some configure scripts ask for"

inherit host-packages

HOST_PACKAGES = "libltdl-dev"
