SUMMARY = "Terminal handling for text interfaces"
HOMEPAGE = "https://invisible-island.net/ncurses/"
LICENSE = "X11-distribute-modifications-variant"
LIC_FILES_CHKSUM = "file://COPYING;sha256=63de87399e9fc8860236082b6b0520e068e9eb1fad0ebd30202aa30bb6f690ac"

SRC_URI = "${GNU_MIRROR}/ncurses/ncurses-${PV}.tar.gz"
SRC_URI[sha256sum] = "6931283d9ac87c5073f30b6290c4c75f21632bb4fc3603ac8100812bed248159"

DEPENDS = "ncurses-native"

inherit autotools pkgconfig

EXTRA_OECONF = " \
    --with-shared --without-normal --without-debug --without-ada --without-cxx --without-cxx-binding --without-manpages --without-tests \
    --without-progs --enable-widec --enable-pc-files --with-pkg-config-libdir=${libdir}/pkgconfig --disable-stripping --disable-db-install \
    --with-default-terminfo-dir=${datadir}/terminfo --with-tic-path=/usr/bin/tic --with-infocmp-path=/usr/bin/infocmp \
"

do_install:append () {
    # Sources ask for the library with and without wide characters.
    for name in ncurses form panel menu tinfo curses; do
        echo "INPUT(-l${name}w)" > ${D}${libdir}/lib$name.so
    done
    for name in tinfow cursesw; do
        echo "INPUT(-lncursesw)" > ${D}${libdir}/lib$name.so
    done
    install -d ${D}${datadir}/terminfo
    tic -x -e linux,vt100,vt102,vt220,ansi,dumb,xterm,xterm-256color,screen,screen-256color,tmux,tmux-256color \
        -o ${D}${datadir}/terminfo ${S}/misc/terminfo.src
    rm -r ${D}${bindir}
}

PACKAGES =+ "${PN}-terminfo"
FILES:${PN}-terminfo = "${datadir}/terminfo ${datadir}/tabset ${libdir}/terminfo"
RDEPENDS:${PN} = "${PN}-terminfo"
