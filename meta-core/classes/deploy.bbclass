# Files for the user beside the images, such as a kernel: do_deploy puts them into ${DEPLOYDIR}.
#
#     inherit deploy
#     do_deploy () {
#         install -m 0644 u-boot.bin ${DEPLOYDIR}/
#     }

DEPLOYDIR = "${WORKDIR}/deploy"

addtask deploy after do_install before do_build
do_deploy[dirs] = "${DEPLOYDIR} ${B}"
do_deploy[cleandirs] = "${DEPLOYDIR}"
do_deploy[artifact] = "${DEPLOYDIR}"
do_deploy[deploy] = "images/${MACHINE}"
