SUMMARY = "YAML in C"
HOMEPAGE = "https://pyyaml.org/wiki/LibYAML"
LICENSE = "MIT"
LIC_FILES_CHKSUM = "file://License;sha256=c40112449f254b9753045925248313e9270efa36d226b22d82d4cc6c43c57f29"

SRC_URI = "https://pyyaml.org/download/libyaml/yaml-${PV}.tar.gz"
SRC_URI[sha256sum] = "fa240dbf262be053f3898006d502d514936c818e422afdcf33921c63bed9bf2e"

DEPENDS = "autotools-native"

inherit autotools pkgconfig

EXTRA_OECONF = "--disable-static"
