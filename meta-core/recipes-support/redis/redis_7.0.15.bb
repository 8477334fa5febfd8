SUMMARY = "In-memory data store with its command line"
HOMEPAGE = "https://redis.io/"
LICENSE = "BSD-3-Clause AND BSD-2-Clause AND MIT AND CC0-1.0 AND Zlib"
LIC_FILES_CHKSUM = " \
    file://src/crcspeed.c;beginline=2;endline=27;sha256=a366b59277f523468f156bf6295c92c06154a4314f971ba613f7b5cc64316db6 \
    file://deps/linenoise/linenoise.h;beginline=10;endline=37;sha256=1ffbd5e940822271244d42cd679a8261d6f6c9297fda1400ab95699bd58e1473 \
    file://COPYING;sha256=97f0a15b7bbae580d2609dad2e11f1956ae167be296ab60f4691ab9c30ee9828 \
    file://deps/hiredis/COPYING;sha256=dca05ce8fc87a8261783b4aed0deef8becc9350b6aa770bc714d0c1833b896eb \
    file://deps/lua/COPYRIGHT;sha256=ee5e3e82af1e1b543c4f216e399d7c8cfee797711913f349e385101c4ae60a79 \
    file://deps/hdr_histogram/COPYING.txt;sha256=a2010f343487d3f7618affe54f789f5487602331c0a8d03f49e9a7c547cf0499 \
"

SRC_URI = "https://download.redis.io/releases/redis-${PV}.tar.gz file://redis.conf file://redis.init"
SRC_URI[sha256sum] = "4b1dc4ee6d622a09fff9c6777191209750fb5e5a725ef78ea012d6eef4c22982"

inherit update-rc.d

INITSCRIPT_NAME = "redis"
INITSCRIPT_PARAMS = "defaults 60"

EXTRA_OEMAKE = "V=1 MALLOC=libc USE_SYSTEMD=no BUILD_TLS=no uname_S=Linux uname_M=${TARGET_ARCH} 'CC=${CC}' 'AR=${AR}' 'RANLIB=${RANLIB}'"

do_install () {
    oe_runmake -C src install PREFIX=${D}${prefix}
    install -D -m 0644 ${UNPACKDIR}/redis.conf ${D}${sysconfdir}/redis.conf
    install -D -m 0755 ${UNPACKDIR}/redis.init ${D}${sysconfdir}/init.d/redis
    install -d ${D}${localstatedir}/lib/redis
}

PACKAGES =+ "${PN}-benchmark"
FILES:${PN}-benchmark = "${bindir}/redis-benchmark"
USERADD_PARAM:${PN} = "--system --home-dir /var/lib/redis --shell /bin/false redis"
FILE_OWNERS = "/var/lib/redis redis:redis 0750"
CONFFILES:${PN} = "${sysconfdir}/redis.conf"
