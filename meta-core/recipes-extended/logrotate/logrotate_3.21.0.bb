SUMMARY = "Keeps log files small"
HOMEPAGE = "https://github.com/logrotate/logrotate"
LICENSE = "GPL-2.0-or-later"
LIC_FILES_CHKSUM = "file://COPYING;sha256=8177f97513213526df2cf6184d8ff986c675afb514d4e68a404010521b880643"

SRC_URI = "https://github.com/logrotate/logrotate/releases/download/${PV}/logrotate-${PV}.tar.gz"
SRC_URI[sha256sum] = "1680947a9431de1aaa629fedde358696ff49a808ae903feecf996682949e3cff"

DEPENDS = "popt"

inherit autotools

EXTRA_OECONF = "--without-acl --without-selinux"
