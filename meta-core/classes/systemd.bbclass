# Units for systemd. Images without it (DISTRO_FEATURES) do not carry them; with it, the named units are enabled.
#
#     inherit systemd
#     SYSTEMD_SERVICE:${PN} = "app.service"
#     SYSTEMD_AUTO_ENABLE = "disable"          installs them and starts nothing

systemd_system_unitdir = "${prefix}/lib/systemd/system"
SYSTEMD_AUTO_ENABLE ??= "enable"
SYSTEMD_ENABLED = "${@d.getVar('SYSTEMD_SERVICE:' + d.getVar('PN')) or '' if d.getVar('SYSTEMD_AUTO_ENABLE') == 'enable' else ''}"

do_install:append () {
    if ${@bb.utils.contains('DISTRO_FEATURES', 'systemd', 'true', 'false', d)}; then
        for unit in ${SYSTEMD_ENABLED}; do
            install -d ${D}${sysconfdir}/systemd/system/multi-user.target.wants
            ln -s ${systemd_system_unitdir}/$unit ${D}${sysconfdir}/systemd/system/multi-user.target.wants/$unit
        done
    else
        rm -rf ${D}${systemd_system_unitdir}
    fi
}

FILES:${PN} += "${systemd_system_unitdir}"
