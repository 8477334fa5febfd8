SUMMARY = "The programs of toolchain-check and what they need, for tools/build-toolchains"

inherit image

IMAGE_INSTALL = "base-files toolchain-check"
IMAGE_FSTYPES = "tar"
SBOM_FORMATS = ""
