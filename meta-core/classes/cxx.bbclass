# Recipes in C++: what the compiler needs for that beside what every recipe gets.
#
#     inherit cmake cxx

DEPENDS:append = " ${CXX_DEPENDS}"
