# The same source as hello, found in the other recipe's directory; only the link differs.
require recipes-hello/hello/hello_1.0.bb
FILESEXTRAPATHS:prepend := "${THISDIR}/../../recipes-hello/hello/files:"

SUMMARY = "Greets the world without any library"

LDFLAGS += "-static"
