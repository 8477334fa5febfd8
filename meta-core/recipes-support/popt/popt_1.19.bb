SUMMARY = "Reads command lines"
HOMEPAGE = "https://github.com/rpm-software-management/popt"
LICENSE = "MIT"
LIC_FILES_CHKSUM = "file://COPYING;sha256=2b488b239927935f34769a39309c0680be16e3725a1f55dbb06ed20d53852801"

# Debian's copy leaves out a document; the code is upstream's.
SRC_URI = "${DEBIAN_MIRROR}/main/p/popt/popt_${PV}+dfsg.orig.tar.xz"
SRC_URI[sha256sum] = "4cd0cd2963d0c4078f65949599d97135c15ee6c09cf3a36a9a1b2753025bb06b"

DEPENDS = "autotools-native gettext-native"

inherit autotools pkgconfig

EXTRA_OECONF = "--disable-static --disable-nls"
