#!/bin/sh
# shellcheck shell=dash
# hold.sh DIRECTORY
#
# Keeps a user and mount namespace open for the sandboxes of one build, with DIRECTORY as its working directory. Says "= PID:NSENTER:BWRAP"
# when it is ready, then reads requests from standard input:
#
#   + NAME OPTIONS   mounts an overlay at DIRECTORY/NAME; answers "=" or "= CAUSE"
#   - NAME           unmounts it; no answer
#   .                the build is over and nothing of it runs
#
# When its input ends without the last one, Strata was killed: then it ends every sandbox that was on its way in. Those that run
# already were ended by the kernel.
set -u
trap '' INT
cd "$1" || exit
echo "= $$:$(command -v nsenter):$(command -v bwrap)"
while read -r request name options; do
    case $request in
        +)
            # mount(2) takes a page of options; the interface that newer versions of mount prefer takes 256 bytes.
            cause=$(LC_ALL=C LIBMOUNT_FORCE_MOUNT2=always mount -i -n -t overlay -o "$options" strata "$name" 2>&1)
            echo "= $(printf %s "$cause" | tr '\n' ' ')"
            ;;
        -) umount -i -n "$name" ;;
        .) exit ;;
    esac
done

# Every command line of a sandbox that is being set up names the directory. The second time for what was just being started.
for _ in first second; do
    # shellcheck disable=SC2013 # these paths have no blanks
    for found in $(grep -lsF "$1/" /proc/[0-9]*/cmdline); do
        process=${found#/proc/}
        process=${process%/cmdline}
        [ "$process" = $$ ] || kill -KILL "$process"
    done
    sleep 0.2
done
