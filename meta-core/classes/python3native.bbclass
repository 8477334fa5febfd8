# A Python for the build machine, for sources that generate themselves with it. Recipes of other layers know it under this name.

DEPENDS:append = " python3-native"
PYTHON = "/usr/bin/python3"
