SUMMARY = "A first program of the layer @NAME@"

# An SPDX expression, and where the sources say so; the build stops when that text changes.
LICENSE = "MIT"
LIC_FILES_CHKSUM = "file://COPYING;sha256=@LICENSE_SHA256@"

# Files beside the recipe, in files/. Sources from elsewhere are URLs with their pin: SRC_URI[sha256sum] = "…".
SRC_URI = "file://main.c file://COPYING"
S = "${UNPACKDIR}"

do_compile () {
    ${CC} ${CFLAGS} ${LDFLAGS} -o @NAME@-example main.c
}

do_install () {
    install -D -m 0755 @NAME@-example ${D}${bindir}/@NAME@-example
}
