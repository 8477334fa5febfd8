SUMMARY = "Time zones of the world"
HOMEPAGE = "https://www.iana.org/time-zones"
LICENSE = "LicenseRef-PublicDomain"
LIC_FILES_CHKSUM = "file://LICENSE;sha256=0613408568889f5739e5ae252b722a2659c02002839ad970a63dc5e9174b27cf"

SRC_URI = "${DEBIAN_MIRROR}/main/t/tzdata/tzdata_${PV}.orig.tar.gz;subdir=${BP}"
SRC_URI[sha256sum] = "114543d9f19a6bfeb5bca43686aea173d38755a3db1f2eec112647ae92c6f544"

inherit allarch

# The compiler of time zones is the build machine's.
do_compile[noexec] = "1"

do_install () {
    for file in africa antarctica asia australasia europe northamerica southamerica etcetera backward; do
        zic -b slim -d ${D}${datadir}/zoneinfo $file
    done
    install -m 0644 iso3166.tab zone1970.tab ${D}${datadir}/zoneinfo/
}

FILES:${PN} = "${datadir}/zoneinfo"
