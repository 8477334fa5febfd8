# Five trivial tasks from nothing to an artifact, four in the work directory and one that is cached.

# Every task runs in the shell, also those that see no dependency.
TEXT ?= "${PN}"

addtask unpack
do_unpack[depends] = "shell:do_populate_sysroot"
do_unpack[cleandirs] = "${WORKDIR}/src"
do_unpack () {
    echo "${TEXT}" > ${WORKDIR}/src/text
}
addtask configure after do_unpack
do_configure[deptask] = "do_populate_sysroot"
do_configure[cleandirs] = "${WORKDIR}/out"
do_configure () {
    echo configured > ${WORKDIR}/out/config
}
addtask compile after do_configure
do_compile () {
    read -r text < ${WORKDIR}/src/text
    echo "compiled $text" > ${WORKDIR}/out/lib
}
addtask install after do_compile
do_install[cleandirs] = "${WORKDIR}/image"
do_install () {
    read -r text < ${WORKDIR}/out/lib
    echo "$text" > ${WORKDIR}/image/${PN}
}
addtask populate_sysroot after do_install before do_build
do_populate_sysroot[cleandirs] = "${SYSROOT_DESTDIR}"
do_populate_sysroot[artifact] = "${SYSROOT_DESTDIR}"
do_populate_sysroot[mount] = "${STAGING_DIR}"
do_populate_sysroot () {
    read -r text < ${WORKDIR}/image/${PN}
    echo "$text" > ${SYSROOT_DESTDIR}/${PN}
}
