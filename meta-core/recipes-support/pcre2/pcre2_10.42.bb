SUMMARY = "Regular expressions as Perl has them"
HOMEPAGE = "https://www.pcre.org/"
LICENSE = "BSD-3-Clause"
LIC_FILES_CHKSUM = "file://LICENCE;sha256=87d884eceb7fc54611470ce9f74280d28612b0c877adfc767e9676892a638987"

SRC_URI = "https://github.com/PCRE2Project/pcre2/releases/download/pcre2-${PV}/pcre2-${PV}.tar.gz"
SRC_URI[sha256sum] = "c33b418e3b936ee3153de2c61cc638e7e4fe3156022a5c77d0711bcbb9d64f1f"

inherit autotools pkgconfig

EXTRA_OECONF = "--disable-static --enable-jit"

do_install:append () {
    rm ${D}${bindir}/pcre2-config
}

PACKAGES =+ "${PN}-tools"
FILES:${PN}-tools = "${bindir}"
