# A C++ program in a container; libstdc++, libgcc and fmt come by themselves, because it links against them.
#     TCLIBC=glibc strata build cxx-image      with the distribution's compiler
#     TCMODE=source strata build cxx-image     with one from source, and musl
SUMMARY = "A C++ program in a container"

inherit image cxx

IMAGE_INSTALL = "base-files clock"
IMAGE_FSTYPES = "oci tar"
OCI_ENTRYPOINT = "/usr/bin/clock"
OCI_CMD = ""
