SUMMARY = "A library with one function"
LICENSE = "CLOSED"
SRC_URI = "file://greet.c file://greet.h"
S = "${UNPACKDIR}"

inherit native

do_compile () {
    ${CC} ${CFLAGS} -c greet.c -o greet.o
    ${AR} rcsD libgreet.a greet.o
}

do_install () {
    install -D -m 644 greet.h ${D}${includedir}/greet.h
    install -D -m 644 libgreet.a ${D}${libdir}/libgreet.a
}
