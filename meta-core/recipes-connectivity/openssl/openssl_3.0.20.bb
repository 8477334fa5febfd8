SUMMARY = "TLS and cryptography library"
HOMEPAGE = "https://www.openssl.org/"
LICENSE = "Apache-2.0"
LIC_FILES_CHKSUM = "file://LICENSE.txt;sha256=7d5450cb2d142651b8afa315b5f238efc805dad827d91ba367d8516bc9d49e7a"

SRC_URI = "https://www.openssl.org/source/openssl-${PV}.tar.gz"
SRC_URI[sha256sum] = "c80a01dfc70ece4dc21168932c37739042d404d46ccc81a5986dd75314ecda6f"

B = "${WORKDIR}/build"

# Ciphers and protocols that nobody should speak any more, national standards, plug-ins.
OPENSSL_OPTIONS ?= " \
    no-tests no-legacy no-engine no-dso no-ssl3 no-tls1 no-tls1_1 no-comp no-srp no-gost no-ct no-cmp no-ts no-rfc3779 \
    no-bf no-camellia no-cast no-idea no-md4 no-mdc2 no-rc2 no-rc4 no-seed no-sm2 no-sm3 no-sm4 no-whirlpool no-aria no-ec2m \
"

# Without static libraries only half of the files are compiled.
EXTRA_OEMAKE = "LIBS= INSTALL_LIBS="

OPENSSL_TARGET = "linux-${TARGET_ARCH}"
OPENSSL_TARGET:arm = "linux-armv4"
OPENSSL_TARGET:riscv64 = "linux64-riscv64"

do_configure () {
    # Configure takes the compiler's name from CC and the flags as arguments.
    perl ${S}/Configure ${OPENSSL_TARGET} --prefix=${prefix} --libdir=lib --openssldir=${sysconfdir}/ssl shared ${OPENSSL_OPTIONS}
}

do_install () {
    oe_runmake install_sw install_ssldirs DESTDIR=${D}
    # Scripts for an own certificate authority, in Perl; places for engines and modules, of which there are none.
    rm -r ${D}${bindir}/c_rehash ${D}${sysconfdir}/ssl/misc ${D}${libdir}/engines-3 ${D}${libdir}/ossl-modules
}

PACKAGES =+ "${PN}-bin ${PN}-conf"
FILES:${PN}-bin = "${bindir}/openssl"
FILES:${PN}-conf = "${sysconfdir}/ssl"
RDEPENDS:${PN}-bin = "${PN}-conf"
