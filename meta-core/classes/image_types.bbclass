# The forms of an image. Every one is made from the same rootfs.tar, so all have the same content, owners and times.
# Only those named in IMAGE_FSTYPES are made:
#     oci tar squashfs ext4 erofs cpio wic, and each but oci compressed as .gz, .xz or .zst: ext4.zst cpio.gz wic.xz

IMAGE_DEPLOY = "images/${MACHINE}"
ROOTFS_TAR = "/build/rootfs/rootfs.tar"

IMAGE_TYPES_KNOWN = "oci tar squashfs ext4 erofs cpio wic"
# What has to be made: the forms named, those that a compressed one is made from, and those that go onto a disk.
IMAGE_BASETYPES_NAMED = "${@' '.join(sorted(set(t.split('.')[0] for t in d.getVar('IMAGE_FSTYPES').split())))}"
IMAGE_BASETYPES = "${IMAGE_BASETYPES_NAMED} ${@bb.utils.contains('IMAGE_BASETYPES_NAMED', 'wic', d.getVar('WIC_ROOTFS_TYPES'), '', d)}"
# Compressed forms, and those that nobody knows.
IMAGE_CONVERSIONS = "${@' '.join(sorted(set(t for t in d.getVar('IMAGE_FSTYPES').split() if t not in d.getVar('IMAGE_TYPES_KNOWN').split() + ['tar.gz', 'wic.bmap'])))}"

# A UUID that follows from the name, so that the next version has the same.
image_uuid () {
    printf %s "${IMAGE_NAME}" | sha256sum | sed -E 's/^(.{8})(.{4})(.{3})(.{3})(.{12}).*/\1-\2-4\3-8\4-\5/'
}

# Runs the commands of $2 in the root file system, unpacked into $1: fakeroot remembers owners, devices and attributes that an ordinary
# user cannot make, and both see them in one session. The sandbox has no owner but root: without the variable, fakeroot would ask the
# kernel first. GNU tar spoils files with attributes under fakeroot.
TREE_TOOLS = "fakeroot-native:do_populate_sysroot libarchive-tools-native:do_populate_sysroot"
image_from_tree () {
    FAKEROOTDONTTRYCHOWN=1 fakeroot -- sh -ec "
        LC_ALL=C.UTF-8 bsdtar -x -p --xattrs --numeric-owner -f ${ROOTFS_TAR} -C $1
        cd $1
        $2
    "
    rm -rf $1
}

# How files become image layers: "single", or "packages": those of a recipe together, so that an edit of one moves one small image layer;
# the largest recipes have one each, the others share, and there are at most OCI_LAYER_BUDGET.
OCI_LAYERS ?= "single"
OCI_LAYER_BUDGET ?= "40"
# "zstd" is faster and smaller; readers older than 2023 want "gzip".
OCI_LAYER_COMPRESSION ?= "gzip"
# 1 is fastest, 19 smallest.
OCI_LAYER_ZSTD_LEVEL ?= "1"
# An image below this one: the name of another image recipe, or HOST/REPOSITORY@sha256:… . What is left open here is as it says.
OCI_BASE_IMAGE ?= ""
OCI_VOLUMES ?= ""
OCI_STOP_SIGNAL ?= ""
OCI_AUTHOR ?= ""
OCI_ANNOTATIONS ?= "${OCI_LABELS}"

# A layout that container tools read: skopeo copy oci:<dir>:latest …
addtask image_oci after do_rootfs before do_build
do_image_oci[builtin] = "image_oci"
do_image_oci[noexec] = "${@bb.utils.contains('IMAGE_FSTYPES', 'oci', '', '1', d)}"
OCI_INPUTS = "${@'zstd-native:do_populate_sysroot' if d.getVar('OCI_LAYER_COMPRESSION') == 'zstd' else ''} \
    ${@d.getVar('OCI_BASE_IMAGE') + ':do_image_oci' if d.getVar('OCI_BASE_IMAGE') and '/' not in d.getVar('OCI_BASE_IMAGE') else ''}"
do_image_oci[depends] = "${@bb.utils.contains('IMAGE_FSTYPES', 'oci', d.getVar('OCI_INPUTS'), '', d)}"
do_image_oci[artifact] = "${WORKDIR}/deploy-oci"
do_image_oci[cleandirs] = "${WORKDIR}/deploy-oci"
do_image_oci[deploy] = "${IMAGE_DEPLOY}"
do_image_oci[vardeps] = " \
    IMAGE_NAME HOST_ARCH OCI_ENTRYPOINT OCI_CMD OCI_ENV OCI_WORKDIR OCI_USER OCI_EXPOSE OCI_VOLUMES \
    OCI_STOP_SIGNAL OCI_AUTHOR OCI_LABELS OCI_ANNOTATIONS OCI_BASE_IMAGE OCI_LAYERS OCI_LAYER_BUDGET OCI_LAYER_COMPRESSION OCI_LAYER_ZSTD_LEVEL SOURCE_DATE_EPOCH \
"

# The root file system as a compressed tarball.
addtask image_tar after do_rootfs before do_build
do_image_tar[builtin] = "image_tar"
do_image_tar[noexec] = "${@bb.utils.contains_any('IMAGE_FSTYPES', 'tar tar.gz', '', '1', d)}"
do_image_tar[artifact] = "${WORKDIR}/deploy-tar"
do_image_tar[cleandirs] = "${WORKDIR}/deploy-tar"
do_image_tar[deploy] = "${IMAGE_DEPLOY}"
do_image_tar[vardeps] = "IMAGE_NAME"

# Compressed and read-only, for flash.
addtask image_squashfs after do_rootfs before do_build
do_image_squashfs[noexec] = "${@bb.utils.contains('IMAGE_BASETYPES', 'squashfs', '', '1', d)}"
SQUASHFS_TOOLS = "squashfs-tools-native:do_populate_sysroot"
do_image_squashfs[depends] = "${@bb.utils.contains('IMAGE_BASETYPES', 'squashfs', d.getVar('SQUASHFS_TOOLS'), '', d)}"
do_image_squashfs[artifact] = "${WORKDIR}/deploy-squashfs"
do_image_squashfs[mount] = "/build/images/squashfs"
do_image_squashfs[cleandirs] = "${WORKDIR}/deploy-squashfs"
do_image_squashfs[dirs] = "${WORKDIR}/deploy-squashfs"
do_image_squashfs[deploy] = "${@bb.utils.contains('IMAGE_FSTYPES', 'squashfs', d.getVar('IMAGE_DEPLOY'), '', d)}"
do_image_squashfs () {
    # Takes its own time from SOURCE_DATE_EPOCH.
    sqfstar -quiet -no-progress ${IMAGE_NAME}.squashfs < ${ROOTFS_TAR}
}

# Compressed and read-only, faster to read than squashfs and larger.
EROFS_COMPRESSION ?= "lz4hc"
addtask image_erofs after do_rootfs before do_build
do_image_erofs[noexec] = "${@bb.utils.contains('IMAGE_BASETYPES', 'erofs', '', '1', d)}"
EROFS_TOOLS = "erofs-utils-native:do_populate_sysroot ${TREE_TOOLS}"
do_image_erofs[depends] = "${@bb.utils.contains('IMAGE_BASETYPES', 'erofs', d.getVar('EROFS_TOOLS'), '', d)}"
do_image_erofs[artifact] = "${WORKDIR}/deploy-erofs"
do_image_erofs[mount] = "/build/images/erofs"
do_image_erofs[cleandirs] = "${WORKDIR}/deploy-erofs ${WORKDIR}/erofs-root"
do_image_erofs[dirs] = "${WORKDIR}/deploy-erofs"
do_image_erofs[deploy] = "${@bb.utils.contains('IMAGE_FSTYPES', 'erofs', d.getVar('IMAGE_DEPLOY'), '', d)}"
do_image_erofs () {
    uuid=$(image_uuid)
    image_from_tree ${WORKDIR}/erofs-root "
        mkfs.erofs -z${EROFS_COMPRESSION} -T${SOURCE_DATE_EPOCH} -U$uuid ${WORKDIR}/deploy-erofs/${IMAGE_NAME}.erofs . > /dev/null
    "
}

# An initial RAM file system: the whole system in memory. The kernel starts its /init. The format has no extended attributes.
addtask image_cpio after do_rootfs before do_build
do_image_cpio[noexec] = "${@bb.utils.contains('IMAGE_BASETYPES', 'cpio', '', '1', d)}"
CPIO_TOOLS = "cpio-native:do_populate_sysroot ${TREE_TOOLS}"
do_image_cpio[depends] = "${@bb.utils.contains('IMAGE_BASETYPES', 'cpio', d.getVar('CPIO_TOOLS'), '', d)}"
do_image_cpio[artifact] = "${WORKDIR}/deploy-cpio"
do_image_cpio[mount] = "/build/images/cpio"
do_image_cpio[cleandirs] = "${WORKDIR}/deploy-cpio ${WORKDIR}/cpio-root"
do_image_cpio[dirs] = "${WORKDIR}/deploy-cpio"
do_image_cpio[deploy] = "${@bb.utils.contains('IMAGE_FSTYPES', 'cpio', d.getVar('IMAGE_DEPLOY'), '', d)}"
do_image_cpio () {
    image_from_tree ${WORKDIR}/cpio-root "
        if [ ! -e init ] && [ ! -L init ] && { [ -e sbin/init ] || [ -L sbin/init ]; }; then
            ln -s sbin/init init
            touch -h -d @${SOURCE_DATE_EPOCH} init .
        fi
        find . -mindepth 1 -print0 | LC_ALL=C sort -z | cpio -0 -o -H newc --reproducible --quiet > ${WORKDIR}/deploy-cpio/${IMAGE_NAME}.cpio
    "
}

# A file system to boot from and write to. Its size leaves IMAGE_ROOTFS_EXTRA_SPACE KiB free.
IMAGE_ROOTFS_EXTRA_SPACE ?= "16384"
addtask image_ext4 after do_rootfs before do_build
do_image_ext4[noexec] = "${@bb.utils.contains('IMAGE_BASETYPES', 'ext4', '', '1', d)}"
EXT4_TOOLS = "e2fsprogs-native:do_populate_sysroot ${TREE_TOOLS}"
do_image_ext4[depends] = "${@bb.utils.contains('IMAGE_BASETYPES', 'ext4', d.getVar('EXT4_TOOLS'), '', d)}"
do_image_ext4[artifact] = "${WORKDIR}/deploy-ext4"
do_image_ext4[mount] = "/build/images/ext4"
do_image_ext4[cleandirs] = "${WORKDIR}/deploy-ext4 ${WORKDIR}/ext4-root"
do_image_ext4[dirs] = "${WORKDIR}/deploy-ext4"
do_image_ext4[deploy] = "${@bb.utils.contains('IMAGE_FSTYPES', 'ext4', d.getVar('IMAGE_DEPLOY'), '', d)}"
do_image_ext4 () {
    uuid=$(image_uuid)
    image_from_tree ${WORKDIR}/ext4-root "
        size=\$(( \$(du -sk --apparent-size . | cut -f1) * 5 / 4 + ${IMAGE_ROOTFS_EXTRA_SPACE} ))
        E2FSPROGS_FAKE_TIME=${SOURCE_DATE_EPOCH} mkfs.ext4 -q -F -L root -U $uuid \
            -E hash_seed=$uuid,root_owner=0:0,lazy_itable_init=0,lazy_journal_init=0 \
            -d . ${WORKDIR}/deploy-ext4/${IMAGE_NAME}.ext4 \${size}k
    "
    # mkfs takes over when the files were unpacked; nothing but debugfs can set these times.
    used=$(dumpe2fs -h ${IMAGE_NAME}.ext4 2>/dev/null | awk '/^Inode count:/ { n = $3 } /^Free inodes:/ { n -= $3 } END { print n }')
    for inode in 2 $(seq 11 $used); do
        printf 'sif <%d> atime @%d\nsif <%d> ctime @%d\n' $inode ${SOURCE_DATE_EPOCH} $inode ${SOURCE_DATE_EPOCH}
    done > ${T}/ext4-times
    E2FSPROGS_FAKE_TIME=${SOURCE_DATE_EPOCH} debugfs -w -f ${T}/ext4-times ${IMAGE_NAME}.ext4 > /dev/null 2>&1
}

# A whole disk, described by WKS_FILE as in Yocto (docs of wic): with disk-gpt.wks a boot and a root partition, with disk-ab.wks two slots
# for updates, with disk-verity.wks a root file system that the kernel checks. Beside it .wic.bmap, with which bmaptool writes only what
# matters, and .roothash of partitions that dm-verity checks.
WKS_FILE ?= "disk-gpt.wks"
WKS_SEARCH_PATH ?= "${THISDIR}/files:${THISDIR}:${@':'.join(p + '/wic' for p in d.getVar('BBPATH').split(':') if p)}"
# The forms of the root file system that --fstype of the file names.
WIC_ROOTFS_TYPES ?= "ext4"
# Recipes with do_deploy, and which of their files go onto the partition of --source bootimg-partition: "Image;kernel8.img config.txt dtbs/*;"
WIC_DEPENDS ?= "virtual/kernel"
IMAGE_BOOT_FILES ?= "${KERNEL_IMAGETYPE} ${@' '.join(t.split('/')[-1] for t in (d.getVar('KERNEL_DEVICETREE') or '').split())}"
WIC_WORKDIR = "${WORKDIR}/wic-parts"
addtask image_wic after do_rootfs do_image_ext4 do_image_squashfs do_image_erofs before do_build
do_image_wic[builtin] = "image_wic"
do_image_wic[noexec] = "${@bb.utils.contains('IMAGE_BASETYPES', 'wic', '', '1', d)}"
WIC_INPUTS = "disk-tools-native:do_populate_sysroot ${@' '.join(r + ':do_deploy' for r in d.getVar('WIC_DEPENDS').split())}"
do_image_wic[depends] = "${@bb.utils.contains('IMAGE_BASETYPES', 'wic', d.getVar('WIC_INPUTS'), '', d)}"
do_image_wic[artifact] = "${WORKDIR}/deploy-wic"
do_image_wic[mount] = "/build/images/wic"
do_image_wic[cleandirs] = "${WORKDIR}/deploy-wic ${WIC_WORKDIR}"
do_image_wic[deploy] = "${@bb.utils.contains_any('IMAGE_FSTYPES', 'wic wic.bmap', d.getVar('IMAGE_DEPLOY'), '', d)}"
do_image_wic[vardeps] = "IMAGE_NAME WKS_FILE WKS_SEARCH_PATH WIC_WORKDIR IMAGE_BOOT_FILES SOURCE_DATE_EPOCH"
# Which directories are searched does not matter, the file that is found does.
do_image_wic[vardepsexclude] = "WKS_SEARCH_PATH"
do_image_wic[file-checksums] = "${@' '.join(p + '/' + d.getVar('WKS_FILE') + ':True' for p in d.getVar('WKS_SEARCH_PATH').split(':'))}"

# The compressed forms. What is compressed is cut into blocks, so that the bytes do not depend on the number of cores.
IMAGE_CONVERSION_XZ ?= "-6"
IMAGE_CONVERSION_ZSTD ?= "-9"
addtask image_convert after do_rootfs do_image_ext4 do_image_squashfs do_image_erofs do_image_cpio do_image_wic before do_build
do_image_convert[noexec] = "${@'' if d.getVar('IMAGE_CONVERSIONS') else '1'}"
CONVERT_TOOLS = "host-tools:do_populate_sysroot ${@'zstd-native:do_populate_sysroot' if '.zst' in d.getVar('IMAGE_CONVERSIONS') else ''}"
do_image_convert[depends] = "${@d.getVar('CONVERT_TOOLS') if d.getVar('IMAGE_CONVERSIONS') else ''}"
do_image_convert[artifact] = "${WORKDIR}/deploy-converted"
do_image_convert[cleandirs] = "${WORKDIR}/deploy-converted"
do_image_convert[dirs] = "${WORKDIR}/deploy-converted"
do_image_convert[deploy] = "${IMAGE_DEPLOY}"
do_image_convert () {
    for type in ${IMAGE_CONVERSIONS}; do
        base=${type%.*}
        case " ${IMAGE_TYPES_KNOWN} " in
            *" $base "*) ;;
            *) base=none ;;
        esac
        source=/build/images/$base/${IMAGE_NAME}.$base
        name=${IMAGE_NAME}.$type
        if [ $base = tar ]; then
            source=${ROOTFS_TAR}
            name=${IMAGE_NAME}.rootfs.$type
        fi
        case $base:$type in
            oci:* | none:*) echo "IMAGE_FSTYPES names '$type', which is no form of an image. Forms are: ${IMAGE_TYPES_KNOWN}; each but oci also with .gz, .xz or .zst" >&2; exit 1 ;;
            *.gz) gzip -n -9 < $source > $name ;;
            *.xz) xz -T0 --block-size=16MiB ${IMAGE_CONVERSION_XZ} < $source > $name ;;
            *.zst) zstd -q -T0 ${IMAGE_CONVERSION_ZSTD} < $source > $name ;;
            *) echo "IMAGE_FSTYPES names '$type', which is no form of an image: compression is one of .gz, .xz and .zst" >&2; exit 1 ;;
        esac
    done
}
