# An image: packages in, root file system and images out.
#
#     inherit image
#     IMAGE_INSTALL += "dropbear curl"
#     IMAGE_FSTYPES = "oci tar squashfs"

inherit image_types

IMAGE_BASENAME ?= "${PN}"
IMAGE_NAME ?= "${IMAGE_BASENAME}-${MACHINE}"
IMAGE_INSTALL ?= "base-files busybox"
IMAGE_FSTYPES ?= "oci tar squashfs ext4"
BAD_RECOMMENDATIONS ?= ""
PACKAGE_EXCLUDE ?= ""
NO_RECOMMENDATIONS ?= ""
# Empty keeps the name that base-files gave.
IMAGE_HOSTNAME ?= ""
# Insist on what every running system needs, such as /tmp and /etc/passwd; "0" for an image of a single static program.
IMAGE_BASICS ?= "1"
# package-management: the package manager's database, for devices that update by packages and for scanners; read-only-rootfs;
# empty-root-password or debug-tweaks: root logs in without a password.
IMAGE_FEATURES ?= ""
# Such as "Europe/Berlin" (needs the package of the time zones) and "de_DE.UTF-8"; empty leaves what packages say.
IMAGE_TIMEZONE ?= ""
IMAGE_LOCALE ?= ""
# "/usr/bin/app": only these programs with loaders, libraries and interpreters stay of IMAGE_INSTALL, and the files named beside them.
# With IMAGE_BASICS = "0", because almost nothing else does.
IMAGE_PROGRAMS ?= ""
IMAGE_PROGRAM_FILES ?= ""
LICENSE ?= "MIT"
# "1": the image has its licence manifest, and the licence texts of what is in it, below /usr/share/common-licenses.
COPY_LIC_MANIFEST ?= ""
COPY_LIC_DIRS ?= ""
# Two machines of one architecture have different images.
WORK_CLASS = "${MACHINE}"

# The container's face; a booted system starts /sbin/init instead.
OCI_ENTRYPOINT ?= ""
OCI_CMD ?= "/bin/sh"
OCI_ENV ?= "PATH=/usr/sbin:/usr/bin:/sbin:/bin"
OCI_WORKDIR ?= "/"
OCI_USER ?= ""
OCI_EXPOSE ?= ""
OCI_LABELS ?= "org.opencontainers.image.title=${IMAGE_BASENAME} org.opencontainers.image.version=${PV}"

# Nothing is compiled for an image.
INHIBIT_DEFAULT_DEPS = "1"
deltask do_fetch
deltask do_unpack
deltask do_patch
deltask do_scan
deltask do_configure
deltask do_compile
deltask do_install
deltask do_populate_sysroot
deltask do_package
deltask do_package_needs
deltask do_populate_lic

RDEPENDS:${PN} += "${IMAGE_INSTALL}"
PACKAGES = "${PN}"

addtask rootfs
do_rootfs[builtin] = "rootfs"
do_rootfs[artifact] = "${WORKDIR}/rootfs"
do_rootfs[mount] = "${@os.path.dirname(d.getVar('ROOTFS_TAR'))}"
do_rootfs[cleandirs] = "${WORKDIR}/rootfs ${IMAGE_ROOTFS}"
# pkg_postinst of packages runs while the image is made, in the sandbox and with the tree in $D; one that fails there is left for the first boot, as
# is pkg_postinst_ontarget. "0" leaves all of them. Without a sandbox, one that forgets $D would change the build machine.
IMAGE_RUN_SCRIPTS ?= "1"
IMAGE_RUN_SCRIPTS:unsandboxed = "0"
IMAGE_ROOTFS = "${WORKDIR}/rootfs-tree"
do_rootfs[depends] += "host-tools:do_populate_sysroot"
do_rootfs[recrdeptask] = "do_package do_package_needs do_populate_lic"
do_rootfs[vardeps] = "PN ERROR_QA WARN_QA INSANE_SKIP INSANE_SKIP:${PN} IMAGE_INSTALL IMAGE_BASICS IMAGE_HOSTNAME BAD_RECOMMENDATIONS NO_RECOMMENDATIONS PACKAGE_EXCLUDE SOURCE_DATE_EPOCH COPY_LIC_MANIFEST COPY_LIC_DIRS"

# Which licences may ship, and the reports about them: conf/license-policy.inc.
addtask license_manifest after do_rootfs do_image_oci before do_build
do_license_manifest[builtin] = "license_manifest"
do_license_manifest[artifact] = "${WORKDIR}/license-manifest"
do_license_manifest[cleandirs] = "${WORKDIR}/license-manifest"
do_license_manifest[deploy] = "licenses/${IMAGE_NAME}"
do_license_manifest[recrdeptask] = "do_package_needs do_populate_lic"
do_license_manifest[vardeps] = "IMAGE_NAME PV IMAGE_INSTALL SBOM_SUPPLIER SBOM_SUPPLIER_URL LICENSE_REPORTS LICENSE_TEMPLATES LICENSE_OFFER_YEARS ${LICENSE_POLICY_VARIABLES}"
do_license_manifest[file-checksums] = "${@d.getVar('LICENSE_TEMPLATES') + ':True' if d.getVar('LICENSE_TEMPLATES') else ''}"

# What is in the image and where it came from, for auditors and vulnerability scanners.
# openvex-0.2 and cyclonedx-vex-1.6 say what is known of vulnerabilities, where recipes in the image have CVE_STATUS.
SBOM_FORMATS ?= "spdx-3.0 spdx-2.3 cyclonedx-1.6 openvex-0.2 cyclonedx-vex-1.6"
# Who distributes the image: a name, and an address or mailto: to reach it.
SBOM_SUPPLIER ?= "${DISTRO_NAME}"
SBOM_SUPPLIER_URL ?= ""
SPDX_NAMESPACE_PREFIX ?= "https://spdx.org/spdxdocs"
addtask sbom after do_rootfs before do_build
do_sbom[builtin] = "sbom"
do_sbom[noexec] = "${@'' if d.getVar('SBOM_FORMATS') else '1'}"
do_sbom[artifact] = "${WORKDIR}/sbom"
do_sbom[cleandirs] = "${WORKDIR}/sbom"
do_sbom[deploy] = "${IMAGE_DEPLOY}"
do_sbom[recrdeptask] = "do_package_needs do_populate_lic"
do_sbom[vardeps] = "IMAGE_NAME PV SBOM_FORMATS SBOM_SUPPLIER SBOM_SUPPLIER_URL SPDX_NAMESPACE_PREFIX SOURCE_DATE_EPOCH CVE_STATUSES"

# How the image came to be, for `strata image sign` to attest: an in-toto statement with SLSA provenance, beside the image. A builder that others
# trust has an address of its own.
PROVENANCE_BUILDER ?= "urn:strata:builder:local"
# Variables that whoever builds the image chooses.
PROVENANCE_PARAMETERS ?= "MACHINE DISTRO DISTRO_VERSION IMAGE_INSTALL IMAGE_FEATURES IMAGE_FSTYPES SOURCE_DATE_EPOCH"
addtask provenance after do_rootfs do_image_oci before do_build
do_provenance[builtin] = "provenance"
do_provenance[artifact] = "${WORKDIR}/provenance"
do_provenance[cleandirs] = "${WORKDIR}/provenance"
do_provenance[deploy] = "${IMAGE_DEPLOY}"
do_provenance[recrdeptask] = "do_package_needs do_populate_lic"
do_provenance[vardeps] = "PN IMAGE_NAME PROVENANCE_BUILDER PROVENANCE_PARAMETERS ${PROVENANCE_PARAMETERS} LAYER_STATES"

do_rootfs[vardeps] += "IMAGE_RUN_SCRIPTS IMAGE_ROOTFS IMAGE_FEATURES IMAGE_TIMEZONE IMAGE_LOCALE IMAGE_PROGRAMS IMAGE_PROGRAM_FILES DISTRO_FEATURES PACKAGE_CLASSES"

# An image is no package itself.
PACKAGE_WRITE_NOEXEC = "1"

# A feed of the image's packages and what else their recipes made, for each of PACKAGE_CLASSES:
#     deb [signed-by=/etc/apt/keyrings/feed.asc] https://…/feeds/IMAGE/deb/arm64 ./
#     src/gz feed https://…/feeds/IMAGE/ipk/aarch64
# Signed when PACKAGE_FEED_GPG_NAME names a key of the build machine, in the key ring GPG_PATH if that is set.
PACKAGE_FEED_LABEL ?= "${DISTRO}"
PACKAGE_FEED_GPG_NAME ?= ""
PACKAGE_FEED_GPG_PASSPHRASE_FILE ?= ""
GPG_PATH ?= ""
addtask package_index before do_build
do_package_index[builtin] = "package_index"
do_package_index[noexec] = "${@'' if d.getVar('PACKAGE_CLASSES') else '1'}"
do_package_index[artifact] = "${WORKDIR}/feed"
do_package_index[cleandirs] = "${WORKDIR}/feed"
do_package_index[deploy] = "feeds/${IMAGE_NAME}"
do_package_index[recrdeptask] = "do_package_needs do_package_write_deb do_package_write_ipk"
do_package_index[vardeps] = "PACKAGE_CLASSES PACKAGE_FEED_LABEL PACKAGE_FEED_GPG_NAME PACKAGE_FEED_GPG_PASSPHRASE_FILE GPG_PATH SOURCE_DATE_EPOCH"
