SUMMARY = "Tcl interpreter, for sources that generate themselves with it"

inherit host-packages

HOST_PACKAGES = "tcl"
