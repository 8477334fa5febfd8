# A Linux kernel: image and device trees for the user, modules as a package, and what modules of other recipes are built against.
#
#     inherit kernel
#     SRC_URI += "file://base.cfg"             fragments, see kconfig; without defconfig the base is KCONFIG_MAKE
#     KERNEL_IMAGETYPE = "Image"               of the machine
#     KERNEL_DEVICETREE = "broadcom/bcm2711-rpi-4-b.dtb"

inherit kernel-arch kconfig deploy

PROVIDES += "virtual/kernel"
DEPENDS:append = " kernel-build-native"
INHIBIT_DEFAULT_DEPS = "1"
DEPENDS:prepend = "host-tools ${BARE_COMPILER} "
# One for each machine, not for each architecture.
PACKAGE_ARCH = "${MACHINE}"
WORK_CLASS = "${MACHINE}"

B = "${WORKDIR}/build"
KERNEL_IMAGETYPE ?= "Image"
KERNEL_DEVICETREE ?= ""
KCONFIG_MAKE ?= "oe_runmake allnoconfig"

kernel_do_configure () {
    kernel_environment
    kconfig_configure
}

kernel_do_compile () {
    kernel_environment
    oe_runmake ${KERNEL_IMAGETYPE} ${KERNEL_DEVICETREE}
    if grep -q ^CONFIG_MODULES=y .config; then
        oe_runmake modules
    fi
}

kernel_do_install () {
    kernel_environment
    install -d ${D}/boot
    if grep -q ^CONFIG_MODULES=y .config; then
        oe_runmake modules_install INSTALL_MOD_PATH=${D}/usr INSTALL_MOD_STRIP=1 DEPMOD=true
        rm -f ${D}/usr/lib/modules/*/build ${D}/usr/lib/modules/*/source
        depmod -b ${D}/usr "$(cat include/config/kernel.release)"
    fi
    install -m 0644 arch/${KERNEL_SRCARCH}/boot/${KERNEL_IMAGETYPE} ${D}/boot/${KERNEL_IMAGETYPE}
    install -m 0644 .config ${D}/boot/config
    for tree in ${KERNEL_DEVICETREE}; do
        install -D -m 0644 arch/${KERNEL_SRCARCH}/boot/dts/$tree ${D}/boot/$(basename $tree)
    done
}

# What is needed to build modules, at the path that module.bbclass names.
SYSROOT_DIRS = "/usr/src/kernel"
do_populate_sysroot:prepend () {
    install -d ${SYSROOT_DESTDIR}/usr/src/kernel
    kernel_modules_tree ${SYSROOT_DESTDIR}/usr/src/kernel
}

# The makefiles, the headers and the programs that building a module runs.
kernel_modules_tree () {
    if grep -q ^CONFIG_MODULES=y ${B}/.config; then
        (cd ${S} && find . -name 'Makefile*' -o -name 'Kconfig*' -o -name 'Kbuild*' -o -path './scripts/*' \
            -o -path './include/*' -o -path './arch/${KERNEL_SRCARCH}/include/*' | cpio -pdmu --quiet $1)
        # Of some architectures, modules are looked through after compiling.
        (cd ${B} && find .config Module.symvers include scripts arch/${KERNEL_SRCARCH}/include $(ls tools/objtool/objtool 2>/dev/null || :) -type f ! -name '*.cmd' ! -name '*.o' | cpio -pdmu --quiet $1)
    fi
}

do_deploy () {
    install -m 0644 ${D}/boot/* ${DEPLOYDIR}/
    mv ${DEPLOYDIR}/config ${DEPLOYDIR}/${KERNEL_IMAGETYPE}.config
}

PACKAGES = "${PN}-modules ${PN}-image"
FILES:${PN}-modules = "/usr/lib/modules"
FILES:${PN}-image = "/boot"
ALLOW_EMPTY:${PN}-modules = "1"
RPROVIDES:${PN}-modules = "kernel-modules"
RPROVIDES:${PN}-image = "kernel-image"
INHIBIT_PACKAGE_STRIP = "1"

EXPORT_FUNCTIONS do_configure do_compile do_install
