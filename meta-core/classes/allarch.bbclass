# Scripts and data, the same for every machine: built once, without a compiler.

TARGET_ARCH = "all"
TUNE_CCARGS = ""
INHIBIT_DEFAULT_DEPS = "1"
DEPENDS:append = " host-tools"
