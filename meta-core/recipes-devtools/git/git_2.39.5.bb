SUMMARY = "Version control"
HOMEPAGE = "https://git-scm.com/"
LICENSE = "GPL-2.0-only"
LIC_FILES_CHKSUM = "file://COPYING;sha256=5b2198d1645f767585e8a88ac0499b04472164c0d2da22e75ecf97ef443ab32e"

SRC_URI = "https://www.kernel.org/pub/software/scm/git/git-${PV}.tar.xz"
SRC_URI[sha256sum] = "c58da92c378df4a986ca33266897a7397e86c22ee266a284d8c2432c39066b59"

DEPENDS = "curl expat openssl zlib"

# Commands in Perl, Python and Tcl are left out.
EXTRA_OEMAKE = " \
    prefix=${prefix} sysconfdir=${sysconfdir} uname_S=Linux 'CC=${CC}' 'AR=${AR}' 'CFLAGS=${CFLAGS}' 'LDFLAGS=${LDFLAGS}' \
    NO_PERL=1 NO_PYTHON=1 NO_TCLTK=1 NO_GETTEXT=1 NO_REGEX=NeedsStartEnd INSTALL_SYMLINKS=1 \
    'CURL_LDFLAGS=-lcurl -Wl,-rpath-link,${STAGING_DIR_HOST}${libdir}' CURL_CONFIG=true HAVE_CLOCK_GETTIME=1 HAVE_CLOCK_MONOTONIC=1 HAVE_GETDELIM=1 FREAD_READS_DIRECTORIES=1 \
    SHELL_PATH=/bin/sh \
"

do_install () {
    oe_runmake install DESTDIR=${D}
}

FILES:${PN} += "${datadir}/git-core"
