# The smallest image there is: one program, linked with everything it needs, and not even a directory beside it.
#     strata build static-image
SUMMARY = "A container with one static program"

inherit image

IMAGE_INSTALL = "hello-static"
IMAGE_FSTYPES = "oci"
# No shell, no accounts, no /tmp.
IMAGE_BASICS = "0"
OCI_ENTRYPOINT = "/usr/bin/hello"
OCI_CMD = ""
OCI_USER = "65534:65534"
