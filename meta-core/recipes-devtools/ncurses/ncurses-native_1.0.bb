SUMMARY = "Compiles terminal descriptions"

inherit host-packages

HOST_PACKAGES = "ncurses-bin"
