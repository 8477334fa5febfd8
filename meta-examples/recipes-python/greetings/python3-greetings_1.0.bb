# A Python module without C: the files go where the interpreter looks for them.
SUMMARY = "Greetings for Python programs"
LICENSE = "MIT"
LIC_FILES_CHKSUM = "file://COPYING;sha256=529458cd93cdc0e5b73008a907f3e165edb1b3f06d6f767771ff73eb876fe371"

SRC_URI = "file://COPYING file://greetings.py"
S = "${UNPACKDIR}"

inherit setuptools3

PYTHON_PACKAGES = "greetings.py"
