# A C++ service with CMake and a library.
SUMMARY = "Says what time it is, over HTTP"
LICENSE = "MIT"
LIC_FILES_CHKSUM = "file://COPYING;sha256=529458cd93cdc0e5b73008a907f3e165edb1b3f06d6f767771ff73eb876fe371"

SRC_URI = "file://COPYING file://CMakeLists.txt file://clock.cpp"
S = "${UNPACKDIR}"

DEPENDS = "fmt"

inherit cmake cxx
