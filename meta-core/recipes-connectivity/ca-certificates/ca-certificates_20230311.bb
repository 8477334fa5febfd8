SUMMARY = "Certificate authorities that Mozilla trusts to identify servers"
HOMEPAGE = "https://wiki.mozilla.org/CA"
LICENSE = "MPL-2.0"
LIC_FILES_CHKSUM = "file://mozilla/certdata.txt;beginline=2;endline=4;sha256=4761b1897e063dc5abba6f9cf969508e727acb671416c192bbf07972653f231e"

SRC_URI = "${DEBIAN_MIRROR}/main/c/ca-certificates/ca-certificates_${PV}+deb12u1.tar.xz file://certdata2pem.pl"
SRC_URI[sha256sum] = "4cd6bbd5577a16432438bc1006dc05c333afacb76104fc3564612858c8ee3280"
S = "${UNPACKDIR}/ca-certificates"

inherit allarch

do_compile () {
    perl ${UNPACKDIR}/certdata2pem.pl mozilla/certdata.txt > ca-certificates.crt
}

do_install () {
    install -D -m 0644 ca-certificates.crt ${D}${sysconfdir}/ssl/certs/ca-certificates.crt
    # Where OpenSSL looks.
    ln -s certs/ca-certificates.crt ${D}${sysconfdir}/ssl/cert.pem
}
