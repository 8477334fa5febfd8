SUMMARY = "Stands for an image: needs the program and the unrelated file"
LICENSE = "CLOSED"
DEPENDS = "app-native unrelated-native"

inherit native

do_install () {
    mkdir -p ${D}${datadir}
    app > ${D}${datadir}/greeting.txt
}
