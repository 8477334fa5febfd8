SUMMARY = "Arithmetic libraries that the GNU compiler is linked with"

inherit host-packages

HOST_PACKAGES = "libgmp-dev libmpfr-dev libmpc-dev"
