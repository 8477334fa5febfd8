# A disk to boot from: two slots for the system, so that an update is written beside the running one, and a partition for data.
#     strata run device-image --publish 2222:22
#     bmaptool copy build/tmp/deploy/images/qemuarm64/device-image-qemuarm64.wic /dev/…
SUMMARY = "A device with ssh and a disk that can be updated"

inherit image

# dropbear makes its host keys when it starts first; /data survives updates.
IMAGE_INSTALL = "base-files busybox dropbear greeting slot"
IMAGE_FSTYPES = "wic wic.bmap"
WKS_FILE = "disk-ab.wks"
IMAGE_HOSTNAME = "device"

# The emulator boots slot A; QB_KERNEL_ROOT = "PARTLABEL=rootB" in conf/local.conf boots the other one.
QB_KERNEL_ROOT ?= "PARTLABEL=rootA"
