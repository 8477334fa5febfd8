# The forms of an image. Every one is made from the same rootfs.tar, so all have the same content, owners and times.
# Only those named in IMAGE_FSTYPES are made.

IMAGE_DEPLOY = "images/${MACHINE}"
ROOTFS_TAR = "/build/rootfs/rootfs.tar"

# How files become image layers: "single", or "packages": those of a recipe together, so that an edit of one moves one small image layer;
# the largest recipes have one each, the others share, and there are at most OCI_LAYER_BUDGET.
OCI_LAYERS ?= "single"
OCI_LAYER_BUDGET ?= "40"
# "zstd" is faster and smaller; readers older than 2023 want "gzip".
OCI_LAYER_COMPRESSION ?= "gzip"
OCI_VOLUMES ?= ""
OCI_STOP_SIGNAL ?= ""
OCI_AUTHOR ?= ""
OCI_ANNOTATIONS ?= "${OCI_LABELS}"

# A layout that container tools read: skopeo copy oci:<dir>:latest …
addtask image_oci after do_rootfs before do_build
do_image_oci[builtin] = "image_oci"
do_image_oci[noexec] = "${@bb.utils.contains('IMAGE_FSTYPES', 'oci', '', '1', d)}"
do_image_oci[artifact] = "${WORKDIR}/deploy-oci"
do_image_oci[cleandirs] = "${WORKDIR}/deploy-oci"
do_image_oci[deploy] = "${IMAGE_DEPLOY}"
do_image_oci[vardeps] = " \
    IMAGE_NAME HOST_ARCH OCI_ENTRYPOINT OCI_CMD OCI_ENV OCI_WORKDIR OCI_USER OCI_EXPOSE OCI_VOLUMES \
    OCI_STOP_SIGNAL OCI_AUTHOR OCI_LABELS OCI_ANNOTATIONS OCI_LAYERS OCI_LAYER_BUDGET OCI_LAYER_COMPRESSION SOURCE_DATE_EPOCH \
"

# The root file system as a compressed tarball.
addtask image_tar after do_rootfs before do_build
do_image_tar[builtin] = "image_tar"
do_image_tar[noexec] = "${@bb.utils.contains('IMAGE_FSTYPES', 'tar', '', '1', d)}"
do_image_tar[artifact] = "${WORKDIR}/deploy-tar"
do_image_tar[cleandirs] = "${WORKDIR}/deploy-tar"
do_image_tar[deploy] = "${IMAGE_DEPLOY}"
do_image_tar[vardeps] = "IMAGE_NAME"

# Compressed and read-only, for flash.
addtask image_squashfs after do_rootfs before do_build
do_image_squashfs[noexec] = "${@bb.utils.contains('IMAGE_FSTYPES', 'squashfs', '', '1', d)}"
SQUASHFS_TOOLS = "squashfs-tools-native:do_populate_sysroot"
do_image_squashfs[depends] = "${@bb.utils.contains('IMAGE_FSTYPES', 'squashfs', d.getVar('SQUASHFS_TOOLS'), '', d)}"
do_image_squashfs[artifact] = "${WORKDIR}/deploy-squashfs"
do_image_squashfs[cleandirs] = "${WORKDIR}/deploy-squashfs"
do_image_squashfs[dirs] = "${WORKDIR}/deploy-squashfs"
do_image_squashfs[deploy] = "${IMAGE_DEPLOY}"
do_image_squashfs () {
    # Takes its own time from SOURCE_DATE_EPOCH.
    sqfstar -quiet -no-progress ${IMAGE_NAME}.squashfs < ${ROOTFS_TAR}
}

# A file system to boot from and write to. Its size leaves IMAGE_ROOTFS_EXTRA_SPACE KiB free.
IMAGE_ROOTFS_EXTRA_SPACE ?= "16384"
addtask image_ext4 after do_rootfs before do_build
do_image_ext4[noexec] = "${@bb.utils.contains('IMAGE_FSTYPES', 'ext4', '', '1', d)}"
EXT4_TOOLS = "e2fsprogs-native:do_populate_sysroot fakeroot-native:do_populate_sysroot"
do_image_ext4[depends] = "${@bb.utils.contains('IMAGE_FSTYPES', 'ext4', d.getVar('EXT4_TOOLS'), '', d)}"
do_image_ext4[artifact] = "${WORKDIR}/deploy-ext4"
do_image_ext4[cleandirs] = "${WORKDIR}/deploy-ext4 ${WORKDIR}/ext4-root"
do_image_ext4[dirs] = "${WORKDIR}/deploy-ext4"
do_image_ext4[deploy] = "${IMAGE_DEPLOY}"
do_image_ext4 () {
    # fakeroot remembers owners and devices that an ordinary user cannot make; mkfs and tar see them in one session.
    # The sandbox has no owner but root: without the variable, fakeroot would ask the kernel first.
    FAKEROOTDONTTRYCHOWN=1 fakeroot -- sh -ec '
        tar -x --numeric-owner -f ${ROOTFS_TAR} -C ${WORKDIR}/ext4-root
        size=$(( $(du -sk --apparent-size ${WORKDIR}/ext4-root | cut -f1) * 5 / 4 + ${IMAGE_ROOTFS_EXTRA_SPACE} ))
        E2FSPROGS_FAKE_TIME=${SOURCE_DATE_EPOCH} mkfs.ext4 -q -F -L root -U 6d3f9a0e-5b7c-4c8e-9a51-737472617461 \
            -E hash_seed=6d3f9a0e-5b7c-4c8e-9a51-737472617461,root_owner=0:0,lazy_itable_init=0,lazy_journal_init=0 \
            -d ${WORKDIR}/ext4-root ${IMAGE_NAME}.ext4 ${size}k
    '
    rm -rf ${WORKDIR}/ext4-root
    # mkfs takes over when the files were unpacked; nothing but debugfs can set these times.
    used=$(dumpe2fs -h ${IMAGE_NAME}.ext4 2>/dev/null | awk '/^Inode count:/ { n = $3 } /^Free inodes:/ { n -= $3 } END { print n }')
    for inode in 2 $(seq 11 $used); do
        printf 'sif <%d> atime @%d\nsif <%d> ctime @%d\n' $inode ${SOURCE_DATE_EPOCH} $inode ${SOURCE_DATE_EPOCH}
    done > ${T}/ext4-times
    E2FSPROGS_FAKE_TIME=${SOURCE_DATE_EPOCH} debugfs -w -f ${T}/ext4-times ${IMAGE_NAME}.ext4 > /dev/null 2>&1
}
