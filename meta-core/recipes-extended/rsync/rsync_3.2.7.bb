SUMMARY = "Copies what has changed"
HOMEPAGE = "https://rsync.samba.org/"
LICENSE = "GPL-3.0-or-later"
LIC_FILES_CHKSUM = "file://COPYING;sha256=85c19ea50a224c2d0067a69c083584e5717b40b76610ec1218f91385775067dd"

SRC_URI = "https://download.samba.org/pub/rsync/src/rsync-${PV}.tar.gz"
SRC_URI[sha256sum] = "4e7d9d3f6ed10878c58c5fb724a67dacf4b6aac7340b13e488fb2dc41346f2bb"

DEPENDS = "popt zlib"

inherit autotools

EXTRA_OECONF = " \
    --with-included-popt=no --with-included-zlib=no --disable-openssl --disable-xxhash --disable-zstd --disable-lz4 \
    --disable-md2man --disable-acl-support --disable-xattr-support --disable-simd --disable-asm \
"
CACHED_CONFIGUREVARS = "rsync_cv_can_hardlink_special=yes rsync_cv_can_hardlink_symlink=yes rsync_cv_HAVE_C99_VSNPRINTF=yes"
