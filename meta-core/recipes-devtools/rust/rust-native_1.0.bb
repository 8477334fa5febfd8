SUMMARY = "Rust compiler with cargo and the standard library of the build machine"

inherit host-packages

HOST_PACKAGES = "rustc cargo"
