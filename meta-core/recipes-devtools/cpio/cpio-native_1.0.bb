SUMMARY = "Makes initial RAM file systems"

inherit host-packages

HOST_PACKAGES = "cpio"
