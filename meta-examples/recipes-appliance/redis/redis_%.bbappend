# Changes to the recipe of another layer, whatever its version; `strata getvar redis SRC_URI --history` shows both places.
# Files of this directory are looked at before those of meta-core: redis/appliance/redis.conf replaces redis.conf where the
# distro is "appliance", and other products keep the original.
FILESEXTRAPATHS:prepend := "${THISDIR}/${PN}:"
