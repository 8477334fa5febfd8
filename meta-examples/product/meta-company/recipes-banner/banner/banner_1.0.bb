SUMMARY = "Shows a text"
LICENSE = "MIT"
LIC_FILES_CHKSUM = "file://COPYING;sha256=529458cd93cdc0e5b73008a907f3e165edb1b3f06d6f767771ff73eb876fe371"

SRC_URI = "file://COPYING file://frame.txt"
S = "${UNPACKDIR}"

inherit allarch

# A default, for others to change.
BANNER_TEXT ?= "a company's system"

do_install () {
    install -d ${D}${sysconfdir}
    sed 's|TEXT|${BANNER_TEXT}|' frame.txt > ${D}${sysconfdir}/banner
}
