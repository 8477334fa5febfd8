# A command of shell, and a script of /etc/init.d that starts at boot.
SUMMARY = "The two slots of an A/B disk, and its data partition"
LICENSE = "MIT"
LIC_FILES_CHKSUM = "file://COPYING;sha256=529458cd93cdc0e5b73008a907f3e165edb1b3f06d6f767771ff73eb876fe371"

SRC_URI = "file://COPYING file://slot file://data.init"
S = "${UNPACKDIR}"

inherit allarch update-rc.d

INITSCRIPT_NAME = "data"
# Before the services, which may keep something there.
INITSCRIPT_PARAMS = "defaults 12"

do_install () {
    install -D -m 0755 slot ${D}${sbindir}/slot
    install -D -m 0755 data.init ${D}${sysconfdir}/init.d/data
    install -d ${D}/data
}

FILES:${PN} += "/data"
