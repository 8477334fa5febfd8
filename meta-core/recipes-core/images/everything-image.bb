# No product: every recipe of this layer side by side, so that tools/build-all-recipes can try one command of each.
SUMMARY = "All packages of meta-core, for trying them out"

inherit image

IMAGE_INSTALL = " \
    base-files packagegroup-compression packagegroup-development packagegroup-gnu packagegroup-network packagegroup-system \
"
IMAGE_INSTALL:append = "${@' packagegroup-cxx' if d.getVar('TOOLCHAIN_HAS_CXX') else ''}"
IMAGE_FSTYPES = "tar"
