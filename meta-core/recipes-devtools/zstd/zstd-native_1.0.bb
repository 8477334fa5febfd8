SUMMARY = "Compresses images"

inherit host-packages

HOST_PACKAGES = "zstd"
