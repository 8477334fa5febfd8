# No product: every recipe of this layer side by side, so that tools/build-all-recipes can try one command of each.
SUMMARY = "All packages of meta-core, for trying them out"

inherit image

IMAGE_INSTALL = " \
    base-files busybox packagegroup-compression packagegroup-cxx packagegroup-development packagegroup-gnu packagegroup-network packagegroup-system \
"
IMAGE_FSTYPES = "tar"
