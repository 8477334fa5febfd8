SUMMARY = "Perfect hash function generator"

inherit host-packages

HOST_PACKAGES = "gperf"
