# A name for several packages: a recipe that has run-time dependencies and nothing else.
#
#     inherit packagegroup
#     RDEPENDS:${PN} = "dropbear curl"

LICENSE ?= "MIT"
PACKAGES = "${PN}"
ALLOW_EMPTY:${PN} = "1"
INHIBIT_DEFAULT_DEPS = "1"

deltask do_fetch
deltask do_unpack
deltask do_patch
deltask do_configure
deltask do_compile
deltask do_install
deltask do_populate_sysroot
deltask do_populate_lic
