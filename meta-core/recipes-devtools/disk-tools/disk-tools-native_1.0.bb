SUMMARY = "Makes partition tables, FAT file systems and hash trees of disk images"

inherit host-packages

HOST_PACKAGES = "fdisk dosfstools mtools e2fsprogs cryptsetup-bin util-linux"
