SUMMARY = "Makes catalogues of translations"

inherit host-packages

HOST_PACKAGES = "gettext autopoint"
