SUMMARY = "The system of the product, as a container and as files"

inherit image

IMAGE_INSTALL = "base-files busybox banner socat"
IMAGE_INSTALL:append:gateway = " vendor-firmware"
IMAGE_FSTYPES = "oci tar"
OCI_CMD = "/bin/cat /etc/banner"
