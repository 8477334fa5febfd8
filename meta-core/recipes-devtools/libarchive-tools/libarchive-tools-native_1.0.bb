SUMMARY = "Unpacks archives with everything that their entries have"

inherit host-packages

HOST_PACKAGES = "libarchive-tools"
