SUMMARY = "GNU awk for the build machine"

inherit host-packages

HOST_PACKAGES = "gawk"
