SUMMARY = "An image that shows the banner"

inherit image

IMAGE_INSTALL = "base-files busybox banner"
IMAGE_FSTYPES = "oci tar"
OCI_CMD = "/bin/cat /etc/banner"
