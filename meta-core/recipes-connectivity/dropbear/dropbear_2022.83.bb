SUMMARY = "Small SSH server and client"
HOMEPAGE = "https://matt.ucc.asn.au/dropbear/dropbear.html"
# Of libtomcrypt, in the public domain, the licence that its authors offer for where there is none; libtommath is Unlicense.
LICENSE = "MIT AND BSD-2-Clause AND BSD-3-Clause AND SSH-short AND WTFPL AND Unlicense"
LIC_FILES_CHKSUM = " \
    file://scp.c;beginline=19;endline=74;sha256=58438c6343a13238e74a5d217f9b214a04771ded0e6f72316312bea0fac1ed9e \
    file://LICENSE;sha256=a99ce657d790b761c132ee7e0de18edb437ae6361e536d991c6a12f36e770445 \
    file://libtomcrypt/LICENSE;sha256=8f196cb13afd271f5e267fd29543fc454596382ad580e7592709492843996ac8 \
    file://libtommath/LICENSE;sha256=2fa64b163659f41965c9815882a8296d3d03ff546b76153e11445f9bdecf955a \
"

SRC_URI = "https://matt.ucc.asn.au/dropbear/releases/dropbear-${PV}.tar.bz2 file://dropbear.init"
SRC_URI[sha256sum] = "bc5a121ffbc94b5171ad5ebe01be42746d50aa797c9549a4639894a16749443b"

DEPENDS = "zlib"

inherit autotools update-rc.d

INITSCRIPT_NAME = "dropbear"
INITSCRIPT_PARAMS = "defaults 50"

EXTRA_OECONF = "--enable-bundled-libtom --disable-lastlog --disable-utmp --disable-wtmp"
# One program under four names.
EXTRA_OEMAKE = "MULTI=1 SCPPROGRESS=1 'PROGRAMS=dropbear dbclient dropbearkey scp'"

do_install:append () {
    ln -s dbclient ${D}${bindir}/ssh
    install -D -m 0755 ${UNPACKDIR}/dropbear.init ${D}${sysconfdir}/init.d/dropbear
    install -d -m 0700 ${D}${sysconfdir}/dropbear
}
