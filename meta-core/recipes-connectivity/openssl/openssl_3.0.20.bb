SUMMARY = "TLS and cryptography library"
HOMEPAGE = "https://www.openssl.org/"
LICENSE = "Apache-2.0"
LIC_FILES_CHKSUM = "file://LICENSE.txt;sha256=7d5450cb2d142651b8afa315b5f238efc805dad827d91ba367d8516bc9d49e7a"

SRC_URI = "https://www.openssl.org/source/openssl-${PV}.tar.gz"
SRC_URI[sha256sum] = "c80a01dfc70ece4dc21168932c37739042d404d46ccc81a5986dd75314ecda6f"

B = "${WORKDIR}/build"

# What devices do not use any more or never did: old ciphers, old protocols, engines, national standards.
OPENSSL_OPTIONS ?= " \
    no-tests no-legacy no-engine no-afalgeng no-dso no-ssl3 no-tls1 no-tls1_1 no-dtls no-comp no-srp no-psk no-gost no-cms no-ts no-cmp no-ct \
    no-bf no-blake2 no-camellia no-cast no-des no-idea no-md2 no-md4 no-mdc2 no-rc2 no-rc4 no-rc5 no-rmd160 no-seed no-siphash \
    no-sm2 no-sm3 no-sm4 no-whirlpool no-aria no-ec2m no-scrypt no-ui-console no-rfc3779 no-sctp \
"

do_configure () {
    # Configure takes the compiler's name from CC and the flags as arguments.
    perl ${S}/Configure linux-${TARGET_ARCH} --prefix=${prefix} --libdir=lib --openssldir=${sysconfdir}/ssl shared ${OPENSSL_OPTIONS}
}

do_install () {
    oe_runmake install_sw install_ssldirs DESTDIR=${D}
    # Scripts for an own certificate authority, in Perl.
    rm -r ${D}${bindir}/c_rehash ${D}${sysconfdir}/ssl/misc
}

PACKAGES =+ "${PN}-bin ${PN}-conf"
FILES:${PN}-bin = "${bindir}/openssl"
FILES:${PN}-conf = "${sysconfdir}/ssl"
RDEPENDS:${PN}-bin = "${PN}-conf"
