SUMMARY = "XML library with its tools"
HOMEPAGE = "https://gitlab.gnome.org/GNOME/libxml2"
LICENSE = "MIT AND ISC-Veillard"
LIC_FILES_CHKSUM = " \
    file://Copyright;sha256=c5c63674f8a83c4d2e385d96d1c670a03cb871ba2927755467017317878574bd \
    file://hash.c;beginline=6;endline=15;sha256=a33f512a088383040598652e9244460eb17a2391de2b71cc4c3b3cbce4459f26 \
"

# Debian's copy leaves out test files; the code is upstream's.
SRC_URI = "${DEBIAN_MIRROR}/main/libx/libxml2/libxml2_${PV}+dfsg.orig.tar.xz"
SRC_URI[sha256sum] = "4fe913dec8b1ab89d13b489b419a8203176ea39e931eaa0d25b17eafb9c279e9"

DEPENDS = "autotools-native zlib"

inherit autotools pkgconfig

EXTRA_OECONF = "--disable-static --without-python --without-lzma --without-icu --with-zlib=${STAGING_DIR_HOST}${prefix}"

do_install:append () {
    rm -rf ${D}${bindir}/xml2-config ${D}${libdir}/xml2Conf.sh ${D}${datadir}/gtk-doc
}

PACKAGES =+ "${PN}-utils"
FILES:${PN}-utils = "${bindir}"
