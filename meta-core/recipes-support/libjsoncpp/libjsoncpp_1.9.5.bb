SUMMARY = "JSON in C++"
HOMEPAGE = "https://github.com/open-source-parsers/jsoncpp"
LICENSE = "MIT"
LIC_FILES_CHKSUM = "file://LICENSE;sha256=cec0db5f6d7ed6b3a72647bd50aed02e13c3377fd44382b96dc2915534c042ad"

SRC_URI = "https://github.com/open-source-parsers/jsoncpp/archive/refs/tags/${PV}.tar.gz"
SRC_URI[sha256sum] = "f409856e5920c18d0c2fb85276e24ee607d2a09b5e7d5f0a371368903c275da2"
S = "${UNPACKDIR}/jsoncpp-${PV}"

inherit meson cxx

EXTRA_OEMESON = "-Dtests=false"
