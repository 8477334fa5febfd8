SUMMARY = "Something that nothing else uses"
LICENSE = "CLOSED"
SRC_URI = "file://note.txt"
S = "${UNPACKDIR}"

inherit native

do_install () {
    install -D -m 644 note.txt ${D}${datadir}/note.txt
}
