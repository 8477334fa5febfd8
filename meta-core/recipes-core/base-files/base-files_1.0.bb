SUMMARY = "The tree that every system starts from: directories, accounts, names"
LICENSE = "MIT"
LIC_FILES_CHKSUM = "file://COPYING;sha256=529458cd93cdc0e5b73008a907f3e165edb1b3f06d6f767771ff73eb876fe371"

SRC_URI = "file://COPYING file://etc"
S = "${UNPACKDIR}"

inherit allarch

hostname ?= "strata"
# As in /etc/shadow: a hash that mkpasswd makes, "" for no password, "*" for nobody.
ROOT_PASSWORD_HASH ?= "*"

do_install () {
    # /bin, /sbin and /lib are names for their namesakes in /usr.
    for dir in bin sbin lib; do
        install -d ${D}/usr/$dir
        ln -s usr/$dir ${D}/$dir
    done
    for dir in boot dev home media mnt opt proc run srv sys ${sysconfdir}/init.d ${sysconfdir}/rc5.d ${sysconfdir}/profile.d ${datadir} \
               ${localstatedir}/cache ${localstatedir}/lib ${localstatedir}/log ${localstatedir}/spool; do
        install -d ${D}/$dir
    done
    ln -s ../run ${D}${localstatedir}/run
    install -d -m 0700 ${D}/root
    install -d -m 1777 ${D}/tmp ${D}${localstatedir}/tmp

    install -m 0644 etc/* ${D}${sysconfdir}/
    awk -F: -v OFS=: -v hash='${ROOT_PASSWORD_HASH}' '$1 == "root" { $2 = hash } { print }' etc/shadow > ${D}${sysconfdir}/shadow
    chmod 0600 ${D}${sysconfdir}/shadow
    echo ${hostname} > ${D}${sysconfdir}/hostname
    printf '%s\n' 'NAME="${DISTRO_NAME}"' 'ID=${DISTRO}' 'VERSION_ID="${DISTRO_VERSION}"' \
        'PRETTY_NAME="${DISTRO_NAME} ${DISTRO_VERSION}"' > ${D}${sysconfdir}/os-release
}

# A sysroot needs none of it.
deltask do_populate_sysroot

PACKAGES = "${PN}"
FILES:${PN} = "/"
CONFFILES:${PN} = "${sysconfdir}/fstab ${sysconfdir}/group ${sysconfdir}/hosts ${sysconfdir}/passwd ${sysconfdir}/profile ${sysconfdir}/shadow"
