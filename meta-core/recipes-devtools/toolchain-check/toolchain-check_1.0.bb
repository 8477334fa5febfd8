SUMMARY = "Uses threads, TLS, exceptions and atomics, to try a compiler"
LICENSE = "MIT"
LIC_FILES_CHKSUM = "file://COPYING;sha256=529458cd93cdc0e5b73008a907f3e165edb1b3f06d6f767771ff73eb876fe371"

SRC_URI = "file://COPYING file://check.c file://check.cpp"
S = "${UNPACKDIR}"

inherit cxx

do_compile () {
    for kind in "" -static; do
        ${CC} ${CFLAGS} ${LDFLAGS} $kind check.c -o check-c$kind -lm -pthread
        ${CXX} ${CXXFLAGS} ${LDFLAGS} $kind check.cpp -o check-cxx$kind -pthread -latomic
    done
}

do_install () {
    install -D -t ${D}${bindir} check-c check-c-static check-cxx check-cxx-static
}
