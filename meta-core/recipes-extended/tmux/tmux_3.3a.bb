SUMMARY = "Several terminals in one, kept when the connection breaks"
HOMEPAGE = "https://tmux.github.io/"
LICENSE = "ISC"
LIC_FILES_CHKSUM = "file://COPYING;sha256=c031bd37f464c534277814f6aa38686fa023d094261d57fd2545ad592bb53ccd"

SRC_URI = "https://github.com/tmux/tmux/releases/download/${PV}/tmux-${PV}.tar.gz"
SRC_URI[sha256sum] = "e4fd347843bd0772c4f48d6dde625b0b109b7a380ff15db21e97c11a4dcdf93f"

DEPENDS = "autotools-native bison-native libevent ncurses"

inherit autotools pkgconfig

do_configure:append () {
    # Dependency tracking would have made it.
    mkdir -p compat
}
