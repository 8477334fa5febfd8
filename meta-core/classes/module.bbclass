# A kernel module outside of the kernel's sources: a Makefile with obj-m.
#
#     inherit module
#     KERNEL_MODULE_AUTOLOAD = "greeting"      loaded at boot

inherit kernel-arch

DEPENDS:append = " virtual/kernel kernel-build-native"
INHIBIT_DEFAULT_DEPS = "1"
DEPENDS:prepend = "host-tools ${BARE_COMPILER} "
PACKAGE_ARCH = "${MACHINE}"
WORK_CLASS = "${MACHINE}"

STAGING_KERNEL_DIR = "${STAGING_DIR_HOST}/usr/src/kernel"
EXTRA_OEMAKE:remove = "-C ${S} O=${B}"
KERNEL_MODULE_AUTOLOAD ?= ""

module_do_compile () {
    kernel_environment
    oe_runmake -C ${STAGING_KERNEL_DIR} M=${S} modules
}

module_do_install () {
    release=$(cat ${STAGING_KERNEL_DIR}/include/config/kernel.release)
    for module in $(find ${S} -name '*.ko'); do
        install -D -m 0644 $module ${D}/usr/lib/modules/$release/updates/$(basename $module)
    done
    for module in ${KERNEL_MODULE_AUTOLOAD}; do
        install -d ${D}${sysconfdir}/modules-load.d
        echo $module > ${D}${sysconfdir}/modules-load.d/$module.conf
    done
}

FILES:${PN} += "/usr/lib/modules"
RDEPENDS:${PN} += "kernel-modules"
INHIBIT_PACKAGE_STRIP = "1"

EXPORT_FUNCTIONS do_compile do_install
