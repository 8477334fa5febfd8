# A container around one Go service: no C library, no shell, not root.
#     strata build go-image
#     docker run --health-cmd '/usr/bin/greeter -check' -p 8080:8080 …
SUMMARY = "A Go service in a container"

inherit image

IMAGE_INSTALL = "greeter ca-certificates"
IMAGE_FSTYPES = "oci"
IMAGE_BASICS = "0"
OCI_ENTRYPOINT = "/usr/bin/greeter"
OCI_CMD = ""
OCI_USER = "65534:65534"
OCI_EXPOSE = "8080/tcp"
