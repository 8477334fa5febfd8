SUMMARY = "Command line processor for JSON"
HOMEPAGE = "https://jqlang.github.io/jq/"
LICENSE = "MIT"
LIC_FILES_CHKSUM = "file://COPYING;sha256=111136aebcbfa68b6b0084e582b30e981da76adcff84eab6f9be32a1f38c5bf1"

SRC_URI = "https://github.com/jqlang/jq/archive/refs/tags/jq-${PV}.tar.gz"
SRC_URI[sha256sum] = "3ba940b97571c866923f0409678033d33b5a98758dfc174fad8397ed908bc4d9"
S = "${UNPACKDIR}/jq-jq-${PV}"

DEPENDS = "autotools-native bison-native libonig"

inherit autotools

# Its makefile makes a file beside the sources.
B = "${S}"

do_configure:prepend () {
    # It would ask git.
    printf '#!/bin/sh\necho ${PV}\n' > ${S}/scripts/version
}

EXTRA_OECONF = "--disable-maintainer-mode --disable-docs --disable-shared --disable-valgrind --with-oniguruma=${STAGING_DIR_HOST}${prefix}"
