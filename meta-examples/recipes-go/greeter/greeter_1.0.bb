# A service in Go: `inherit go` is all it takes. The result is one static program, for every machine and C library.
SUMMARY = "Answers greetings over HTTP"
LICENSE = "MIT"
LIC_FILES_CHKSUM = "file://COPYING;sha256=529458cd93cdc0e5b73008a907f3e165edb1b3f06d6f767771ff73eb876fe371"

SRC_URI = "file://COPYING file://go.mod file://main.go"
S = "${UNPACKDIR}"

inherit go
