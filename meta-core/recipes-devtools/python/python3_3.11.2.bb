SUMMARY = "Python interpreter with its standard library"
HOMEPAGE = "https://www.python.org/"
LICENSE = "PSF-2.0"
LIC_FILES_CHKSUM = "file://LICENSE;sha256=3b2f81fe21d181c499c59a256c8e1968455d6689d269aa85373bfb6af41da3bf"

SRC_URI = "https://www.python.org/ftp/python/${PV}/Python-${PV}.tgz"
SRC_URI[sha256sum] = "2411c74bda5bbcfcddaf4531f66d1adc73f247f529aee981b029513aefdbf849"
S = "${UNPACKDIR}/Python-${PV}"

DEPENDS = "bzip2 expat libffi ncurses openssl python3-native readline sqlite3 xz zlib"

inherit autotools pkgconfig python3native

PYTHON_SERIES = "3.11"
# Compiling modules and making tables needs an interpreter of the same series.
EXTRA_OECONF = " \
    --with-build-python=${PYTHON} --enable-shared --enable-ipv6 --with-system-expat --with-system-ffi --without-ensurepip --without-static-libpython \
    --disable-test-modules --with-readline=readline \
"
# It looks for libffi in the directories that are named, and not where the compiler looks.
LDFLAGS += "-L${STAGING_DIR_HOST}${libdir}"
CACHED_CONFIGUREVARS = "ac_cv_file__dev_ptmx=yes ac_cv_file__dev_ptc=no ac_cv_working_tzset=yes"

do_install () {
    oe_runmake install DESTDIR=${D}
    ln -s python3 ${D}${bindir}/python
    cd ${D}${libdir}/python${PYTHON_SERIES}
    # Graphics, and what is compiled for switches that nobody gives.
    rm -r idlelib tkinter turtledemo turtle.py lib2to3 ${D}${bindir}/idle* ${D}${bindir}/2to3*
    find . -name '*.opt-[12].pyc' -delete
}

FILES:${PN} += "${libdir}/python${PYTHON_SERIES}"
FILES:${PN}-dev += "${bindir}/*-config ${libdir}/libpython3.so"
INSANE_SKIP:${PN}-dev = "dev-elf"
