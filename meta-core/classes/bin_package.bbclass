# Prebuilt files from a vendor: the unpacked tree is the install tree.
#
#     inherit bin_package
#     SRC_URI = "https://vendor.example/firmware-1.0.tar.gz;subdir=${BP}"
#     LICENSE = "LicenseRef-Vendor"            declared and with evidence, like everything else
#
# They are neither stripped nor checked for how they were linked; that they are for the right machine is checked.

INHIBIT_PACKAGE_STRIP = "1"
INSANE_SKIP += "ldflags already-stripped"

do_configure[noexec] = "1"
do_compile[noexec] = "1"

bin_package_do_install () {
    cp -R ${S}/. ${D}/
}

EXPORT_FUNCTIONS do_install
