SUMMARY = "Makes squashfs images"

inherit host-packages

HOST_PACKAGES = "squashfs-tools"
