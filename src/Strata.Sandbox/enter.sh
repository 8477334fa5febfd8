#!/bin/sh
# shellcheck shell=dash
# enter.sh LOG [NAME OPTIONS]... -- COMMAND...
#
# Runs in a fresh user and mount namespace, inside the scratch directory of one sandbox: mounts its read-only overlays
# there, then becomes the command. What goes wrong here is told on standard error, the command's output goes to LOG.
set -eu
log=$1
shift
while [ "$1" != -- ]; do
    # mount(2) takes a page of options; the interface that newer versions of mount prefer takes 256 bytes.
    LC_ALL=C LIBMOUNT_FORCE_MOUNT2=always mount -i -n -t overlay -o "$2" strata "$1"
    shift 2
done
shift

# The same limits on every host; a host that allows less keeps its own.
umask 022
ulimit -c 0
ulimit -S -n 1024 || true

# 8: bubblewrap reports there how the command ended. 9: open as long as anything in the sandbox lives, so that its end
# of file tells Strata that nothing is left.
exec 8>&1 9>&2 >>"$log" 2>&1
exec "$@"
