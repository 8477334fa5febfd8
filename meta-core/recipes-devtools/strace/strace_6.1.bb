SUMMARY = "Shows the system calls of a program"
HOMEPAGE = "https://strace.io/"
LICENSE = "LGPL-2.1-or-later"
LIC_FILES_CHKSUM = "file://COPYING;sha256=d92f973d08c8466993efff1e500453add0c038c20b4d2cbce3297938a296aea9"

SRC_URI = "https://github.com/strace/strace/releases/download/v${PV}/strace-${PV}.tar.xz"
SRC_URI[sha256sum] = "2579e9cec37dbb786f6ea0bebd15f40dd561ef2bde2a2a2ecdce5963b01859fd"

inherit autotools

EXTRA_OECONF = "--enable-mpers=no --disable-gcc-Werror"

do_install:append () {
    # A Perl script.
    rm ${D}${bindir}/strace-log-merge
}
