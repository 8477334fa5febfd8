# Every recipe's packages also as .deb files, in deploy/deb/ARCHITECTURE. Chosen with PACKAGE_CLASSES = "package_deb".

addtask package_write_deb after do_package before do_build
do_package_write_deb[builtin] = "package_write_deb"
do_package_write_deb[noexec] = "${PACKAGE_WRITE_NOEXEC}"
do_package_write_deb[artifact] = "${WORKDIR}/deploy-deb"
do_package_write_deb[cleandirs] = "${WORKDIR}/deploy-deb"
do_package_write_deb[deploy] = "deb/${PACKAGE_ARCH}"
do_package_write_deb[vardeps] = "SOURCE_DATE_EPOCH"
