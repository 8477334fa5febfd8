SUMMARY = "GNU shell"
HOMEPAGE = "https://www.gnu.org/software/bash/"
LICENSE = "GPL-3.0-or-later"
LIC_FILES_CHKSUM = "file://COPYING;sha256=8ceb4b9ee5adedde47b31e975c1d90c73ad27b6b165a1dcd80c7c545eb65b903"

SRC_URI = "${GNU_MIRROR}/bash/bash-${PV}.tar.gz"
SRC_URI[sha256sum] = "7a315bc0e9d90713159e4390ec1096a41e4f33cd8cc3d1a749a8e5ad56600f51"

DEPENDS = "ncurses"

inherit autotools

EXTRA_OECONF = "--without-bash-malloc --disable-nls --with-curses"
CACHED_CONFIGUREVARS = " \
    bash_cv_getcwd_malloc=yes bash_cv_job_control_missing=present bash_cv_sys_named_pipes=present \
    bash_cv_func_sigsetjmp=present bash_cv_printf_a_format=yes bash_cv_termcap_lib=libncursesw \
"
# Loadable built-ins are examples.
EXTRA_OEMAKE = "LOADABLES_DIR="

do_install:append () {
    rm -rf ${D}${libdir}/bash ${D}${libdir}/pkgconfig ${D}${bindir}/bashbug ${D}${includedir}
}

FILES:${PN} = "${bindir}"
