# Recipes in C++. The distribution's compiler has all they need for glibc alone: with musl it is a compiler for C, and a recipe that
# inherits this class cannot be built rather than failing in the middle. TCMODE = "source" makes C++ for either.
#
#     inherit cmake cxx

COMPATIBLE_HOST = "${@'.*' if d.getVar('TOOLCHAIN_HAS_CXX') else 'null'}"
