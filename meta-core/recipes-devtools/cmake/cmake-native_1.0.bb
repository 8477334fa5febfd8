SUMMARY = "Build system generator"

inherit host-packages

HOST_PACKAGES = "cmake"
