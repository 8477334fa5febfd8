# Accounts that a package needs: USERADD_PARAM:${PN} and GROUPADD_PARAM:${PN}, as useradd and groupadd take them. They are made when
# an image is assembled, with numbers that do not depend on the build machine. With this class, a do_install under fakeroot can name them
# as owners: chown www:www ${D}/var/www. Where nothing does, it works without the class, too.
FAKEROOT_USERS = "${@' '.join(u.split()[-1] for p in d.getVar('PACKAGES').split() for u in (d.getVar('USERADD_PARAM:' + p) or '').split(';') if u.split())}"
FAKEROOT_USERS[vardepvalue] = "${FAKEROOT_USERS}"
FAKEROOT_GROUPS = "${@' '.join(g.split()[-1] for p in d.getVar('PACKAGES').split() for g in (d.getVar('GROUPADD_PARAM:' + p) or '').split(';') if g.split())}"
FAKEROOT_GROUPS[vardepvalue] = "${FAKEROOT_GROUPS}"
do_install[users] = "${FAKEROOT_USERS}"
do_install[groups] = "${FAKEROOT_GROUPS}"
do_install[vardeps] += "FAKEROOT_USERS FAKEROOT_GROUPS"
