SUMMARY = "The programs of toolchain-check and what they need, for tools/build-toolchains"

inherit image cxx

IMAGE_INSTALL = "toolchain-check"
IMAGE_BASICS = "0"
IMAGE_FSTYPES = "tar"
SBOM_FORMATS = ""
