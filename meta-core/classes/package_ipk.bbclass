# Every recipe's packages also as .ipk files, in deploy/ipk/ARCHITECTURE. Chosen with PACKAGE_CLASSES = "package_ipk".

addtask package_write_ipk after do_package before do_build
do_package_write_ipk[builtin] = "package_write_ipk"
do_package_write_ipk[noexec] = "${PACKAGE_WRITE_NOEXEC}"
do_package_write_ipk[artifact] = "${WORKDIR}/deploy-ipk"
do_package_write_ipk[cleandirs] = "${WORKDIR}/deploy-ipk"
do_package_write_ipk[deploy] = "ipk/${PACKAGE_ARCH}"
do_package_write_ipk[vardeps] = "SOURCE_DATE_EPOCH"
