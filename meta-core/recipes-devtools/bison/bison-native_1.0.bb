SUMMARY = "Parser and scanner generators"

inherit host-packages

HOST_PACKAGES = "bison flex"
