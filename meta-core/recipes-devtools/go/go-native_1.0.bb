SUMMARY = "Go toolchain with its standard library"

inherit host-packages

HOST_PACKAGES = "golang-go"
