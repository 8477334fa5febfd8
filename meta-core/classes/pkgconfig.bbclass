# For recipes whose build calls pkg-config. It is in every sandbox and sees the target's sysroot alone (PKG_CONFIG_LIBDIR);
# the class exists so that recipes of other layers that inherit it work.
