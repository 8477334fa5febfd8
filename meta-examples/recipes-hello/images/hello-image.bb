# The smallest image: the tree every system has, and one program with the libraries it turns out to need.
SUMMARY = "A container that says hello"

inherit image

IMAGE_INSTALL = "base-files hello"
IMAGE_FSTYPES = "oci tar"
OCI_ENTRYPOINT = "/usr/bin/hello"
OCI_CMD = ""
