SUMMARY = "Firmware of the board's radio"
LICENSE = "LicenseRef-Vendor-Firmware"
LIC_FILES_CHKSUM = "file://LICENSE.vendor;sha256=5825923f62ff2e1effd435a5568ff2ddd1c36f19af6cb80401330558af29ea6a"

SRC_URI = "file://LICENSE.vendor file://radio.hex"
S = "${UNPACKDIR}"

inherit allarch

do_install () {
    install -D -m 0644 radio.hex ${D}${nonarch_base_libdir}/firmware/radio.hex
}

FILES:${PN} = "${nonarch_base_libdir}/firmware"
