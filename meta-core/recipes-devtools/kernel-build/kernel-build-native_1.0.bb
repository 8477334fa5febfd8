SUMMARY = "What building a Linux kernel needs beside a compiler"

inherit host-packages

HOST_PACKAGES = "bc bison cpio flex kmod libelf-dev rsync"
