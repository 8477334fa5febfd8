SUMMARY = "Small embeddable scripting language"
HOMEPAGE = "https://www.lua.org/"
LICENSE = "MIT"
LIC_FILES_CHKSUM = "file://doc/readme.html;beginline=306;endline=328;sha256=0aebf5805137f5cdc584b603b01693eac9f4712fc7ced920e1bd395965200720"

SRC_URI = "https://www.lua.org/ftp/lua-${PV}.tar.gz"
SRC_URI[sha256sum] = "164c7849653b80ae67bec4b7473b884bf5cc8d2dca05653475ec2ed27b9ebf61"

EXTRA_OEMAKE = "'CC=${CC} -std=gnu99' 'AR=${AR} rcu' 'RANLIB=${RANLIB}' 'MYCFLAGS=${CFLAGS}' 'MYLDFLAGS=${LDFLAGS}'"

do_compile () {
    oe_runmake linux
}

do_install () {
    oe_runmake install INSTALL_TOP=${D}${prefix} INSTALL_MAN=${D}${mandir}/man1
}
