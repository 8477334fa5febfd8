SUMMARY = "Remembers owners and devices that an ordinary user cannot make"

inherit host-packages

HOST_PACKAGES = "fakeroot"
