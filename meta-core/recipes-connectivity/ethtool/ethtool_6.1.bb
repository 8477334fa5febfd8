SUMMARY = "Shows and changes settings of network interfaces"
HOMEPAGE = "https://www.kernel.org/pub/software/network/ethtool/"
LICENSE = "GPL-2.0-only"
LIC_FILES_CHKSUM = "file://COPYING;sha256=8177f97513213526df2cf6184d8ff986c675afb514d4e68a404010521b880643"

SRC_URI = "https://www.kernel.org/pub/software/network/ethtool/ethtool-${PV}.tar.xz"
SRC_URI[sha256sum] = "c41fc881ffa5a40432d2dd829eb44c64a49dee482e716baacf9262c64daa8f90"

# Names that musl keeps for those who ask.
CPPFLAGS += "-D_GNU_SOURCE"

inherit autotools pkgconfig

EXTRA_OECONF = "--disable-netlink --without-bash-completion-dir"
