SUMMARY = "Makes ext4 images"

inherit host-packages

HOST_PACKAGES = "e2fsprogs"
