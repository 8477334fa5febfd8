# Recipes in C++. With glibc the distribution's compiler has all they need; with musl it is a compiler for C alone, and a recipe that
# inherits this class cannot be built rather than failing in the middle.
#
#     inherit cmake cxx

COMPATIBLE_HOST:libc-musl = "null"
