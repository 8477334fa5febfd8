# A C++ service in a container; libstdc++, libgcc and fmt come by themselves, because it links against them.
#     strata build cxx-image
#     docker run --health-cmd '/usr/bin/clock -check' -p 8037:8037 …
SUMMARY = "A C++ service in a container"

inherit image

IMAGE_INSTALL = "base-files clock"
IMAGE_FSTYPES = "oci tar"
OCI_ENTRYPOINT = "/usr/bin/clock"
OCI_CMD = ""
OCI_USER = "65534:65534"
OCI_EXPOSE = "8037/tcp"
