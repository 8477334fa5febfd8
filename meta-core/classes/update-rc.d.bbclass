# Starts a script of /etc/init.d at boot and stops it at shutdown, in Debian's manner.
#
#     inherit update-rc.d
#     INITSCRIPT_NAME = "dropbear"             ${sysconfdir}/init.d/dropbear, called with start or stop
#     INITSCRIPT_PARAMS = "defaults 50"        its place in the order, 00 to 99; the first number counts
#
# busybox init has no run levels: what is in rc5.d starts at boot, and stops in reverse order at shutdown.

INITSCRIPT_PARAMS ?= "defaults"
INITSCRIPT_ORDER = "${@([w for w in d.getVar('INITSCRIPT_PARAMS').split() if w.isdigit()] or ['20'])[0]}"

do_install:append () {
    install -d ${D}${sysconfdir}/rc5.d
    ln -s ../init.d/${INITSCRIPT_NAME} ${D}${sysconfdir}/rc5.d/S${INITSCRIPT_ORDER}${INITSCRIPT_NAME}
}
