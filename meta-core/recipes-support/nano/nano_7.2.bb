SUMMARY = "Small text editor"
HOMEPAGE = "https://www.nano-editor.org/"
LICENSE = "GPL-3.0-or-later"
LIC_FILES_CHKSUM = "file://COPYING;sha256=fc82ca8b6fdb18d4e3e85cfd8ab58d1bcd3f1b29abe782895abd91d64763f8e7"

SRC_URI = "${GNU_MIRROR}/nano/nano-${PV}.tar.xz"
SRC_URI[sha256sum] = "86f3442768bd2873cec693f83cdf80b4b444ad3cc14760b74361474fc87a4526"

DEPENDS = "ncurses"

inherit autotools pkgconfig

EXTRA_OECONF = "--disable-nls --disable-libmagic --enable-utf8"
