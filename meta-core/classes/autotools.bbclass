# Sources with a GNU configure script, built beside their sources.
#
#     inherit autotools
#     EXTRA_OECONF = "--disable-nls"
#
# A source tree that comes without a configure script needs DEPENDS += "autotools-native" as well.

B = "${WORKDIR}/build"

EXTRA_OECONF ?= ""
# Answers to checks that would have to run a program of the target: "ac_cv_func_malloc_0_nonnull=yes".
CACHED_CONFIGUREVARS ?= ""

CONFIGURE_SCRIPT ?= "${S}/configure"
CONFIGUREOPTS = " \
    --build=${BUILD_SYS} --host=${HOST_SYS} --prefix=${prefix} --sysconfdir=${sysconfdir} --localstatedir=${localstatedir} \
    --libdir=${libdir} --libexecdir=${libexecdir} --mandir=${mandir} --disable-dependency-tracking \
"

oe_runconf () {
    ${CACHED_CONFIGUREVARS} ${CONFIGURE_SCRIPT} ${CONFIGUREOPTS} ${EXTRA_OECONF} ${PACKAGECONFIG_CONFARGS} "$@" || {
        tail -n 40 config.log
        return 1
    }
}

autotools_do_configure () {
    [ -e ${CONFIGURE_SCRIPT} ] || (cd ${S} && autoreconf -fi)
    # Old sources do not know new machines.
    for script in config.sub config.guess; do
        for newer in /usr/share/misc/$script; do
            [ ! -e $newer ] || find ${S} -name $script -exec cp $newer {} \;
        done
    done
    oe_runconf
}

autotools_do_compile () {
    oe_runmake
}

autotools_do_install () {
    oe_runmake install DESTDIR=${D}
    # Libtool archives name places that exist in the sandbox alone, and nothing needs them any more.
    find ${D} -name '*.la' -delete
}

EXPORT_FUNCTIONS do_configure do_compile do_install
