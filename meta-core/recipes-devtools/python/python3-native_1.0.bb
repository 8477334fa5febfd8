SUMMARY = "Python interpreter for the build machine"

inherit host-packages

HOST_PACKAGES = "python3 libpython3-stdlib"
