# A C++ program in a container; libstdc++, libgcc and fmt come by themselves, because it links against them.
#     strata build cxx-image
SUMMARY = "A C++ program in a container"

inherit image

IMAGE_INSTALL = "base-files clock"
IMAGE_FSTYPES = "oci tar"
OCI_ENTRYPOINT = "/usr/bin/clock"
OCI_CMD = ""
