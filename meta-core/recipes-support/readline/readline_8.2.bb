SUMMARY = "Editing of command lines"
HOMEPAGE = "https://tiswww.case.edu/php/chet/readline/rltop.html"
LICENSE = "GPL-3.0-or-later"
LIC_FILES_CHKSUM = "file://COPYING;sha256=8ceb4b9ee5adedde47b31e975c1d90c73ad27b6b165a1dcd80c7c545eb65b903"

SRC_URI = "${GNU_MIRROR}/readline/readline-${PV}.tar.gz"
SRC_URI[sha256sum] = "3feb7171f16a84ee82ca18a36d7b9be109a52c04f492a053331d7d1095007c35"

DEPENDS = "ncurses"

inherit autotools pkgconfig

EXTRA_OECONF = "--disable-static --with-curses --disable-install-examples"
do_configure:append () {
    # The libraries need no search path.
    sed -i 's/-Wl,-rpath,$(libdir) //' shlib/Makefile
}

do_install:append () {
    rm -r ${D}${bindir}
}

CACHED_CONFIGUREVARS = "bash_cv_termcap_lib=libncursesw bash_cv_wcwidth_broken=no"
