# The smallest complete recipe. `strata build hello` compiles it for the machine in conf/local.conf.
SUMMARY = "Greets the world"

# An SPDX expression, and where the sources say so; the build stops when that text changes.
LICENSE = "MIT"
LIC_FILES_CHKSUM = "file://COPYING;sha256=529458cd93cdc0e5b73008a907f3e165edb1b3f06d6f767771ff73eb876fe371"

# Files beside the recipe, in files/. They are unpacked to UNPACKDIR, and the sources (S) are just these.
SRC_URI = "file://hello.c file://COPYING"
S = "${UNPACKDIR}"

# Shell, run in a sandbox that holds the cross compiler and the C library and nothing else of your machine.
do_compile () {
    ${CC} ${CFLAGS} ${LDFLAGS} -o hello hello.c
}

# What is put below D becomes the package.
do_install () {
    install -D -m 0755 hello ${D}${bindir}/hello
}
