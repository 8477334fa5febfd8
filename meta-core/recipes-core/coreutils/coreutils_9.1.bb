SUMMARY = "GNU versions of ls, cp, sort and a hundred others"
HOMEPAGE = "https://www.gnu.org/software/coreutils/"
LICENSE = "GPL-3.0-or-later"
LIC_FILES_CHKSUM = "file://COPYING;sha256=3972dc9744f6499f0f9b2dbf76696f2ae7ad8af9b23dde66d6af86c9dfb36986"

SRC_URI = "${GNU_MIRROR}/coreutils/coreutils-${PV}.tar.xz"
SRC_URI[sha256sum] = "61a1f410d78ba7e7f37a5a4f50e6d1320aca33375484a3255eddf17a38580423"

inherit autotools update-alternatives

# One program under all names.
EXTRA_OECONF = "--enable-single-binary=symlinks --disable-nls --disable-acl --disable-libcap --disable-xattr --without-openssl --without-libgmp"
CACHED_CONFIGUREVARS = "fu_cv_sys_stat_statfs2_bsize=yes"
# Manual pages would be made by running the program.
EXTRA_OEMAKE = "man1_MANS="

# The names that busybox has as well.
ALTERNATIVE:${PN} = " \
    [ base32 base64 basename cat chgrp chmod chown chroot cksum comm cp cut date dd df dirname du echo env expand expr factor false fold \
    head hostid id install link ln logname ls md5sum mkdir mkfifo mknod mktemp mv nice nl nohup nproc od paste printenv printf pwd \
    readlink realpath rm rmdir seq sha1sum sha256sum sha512sum shred shuf sleep sort split stat stty sum sync tac tail tee test timeout \
    touch tr true truncate tty uname unexpand uniq unlink users wc who whoami yes \
"
ALTERNATIVE_LINK_NAME[chroot] = "${sbindir}/chroot"
ALTERNATIVE_PRIORITY = "100"
