# A program in Rust that uses the standard library alone: MACHINE=qemux86-64 TCLIBC=glibc strata build answer
SUMMARY = "Knows the answer"
LICENSE = "MIT"
LIC_FILES_CHKSUM = "file://COPYING;sha256=529458cd93cdc0e5b73008a907f3e165edb1b3f06d6f767771ff73eb876fe371"

SRC_URI = "file://COPYING file://Cargo.toml file://Cargo.lock file://src"
S = "${UNPACKDIR}"

inherit cargo
