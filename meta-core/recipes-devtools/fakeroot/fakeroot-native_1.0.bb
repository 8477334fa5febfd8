SUMMARY = "Remembers owners and devices that an ordinary user cannot make"

inherit host-packages

# Its script calls getopt.
HOST_PACKAGES = "fakeroot util-linux"
