SUMMARY = "A program that uses libgreet"
LICENSE = "CLOSED"
SRC_URI = "file://app.c"
DEPENDS = "libgreet-native"
S = "${UNPACKDIR}"

inherit native

do_compile () {
    ${CC} ${CFLAGS} app.c -lgreet -o app
}

do_install () {
    install -D app ${D}${bindir}/app
}
