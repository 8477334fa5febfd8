# A tool that runs on the build machine and makes programs for the target: one per target architecture.

inherit native

WORK_CLASS = "${BUILD_SYS}-for-${TARGET_ARCH}"

# Nothing of it reaches an image.
deltask do_populate_lic
