SUMMARY = "Makes erofs images"

inherit host-packages

HOST_PACKAGES = "erofs-utils"
