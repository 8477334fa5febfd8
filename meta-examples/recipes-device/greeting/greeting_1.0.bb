# A kernel module outside of the kernel's sources, loaded at boot.
SUMMARY = "Greets in the kernel's log"
LICENSE = "GPL-2.0-only"
LIC_FILES_CHKSUM = "file://greeting.c;beginline=1;endline=1;sha256=fe10babeac78ae717f174ef4e76d65c6b777e6b28807238c1d982e33a2bdf698"

SRC_URI = "file://Makefile file://greeting.c"
S = "${UNPACKDIR}"

inherit module

KERNEL_MODULE_AUTOLOAD = "greeting"
