# The gateway has a radio to switch off, which busybox leaves out as it is.
FILESEXTRAPATHS:prepend := "${THISDIR}/files:"
SRC_URI:append:gateway = " file://rfkill.cfg"
# What is made for one machine must not be taken for another one of the same processor.
PACKAGE_ARCH:gateway = "${MACHINE}"
