#!/bin/sh
# The linker of the target. Links, and keeps the linker's own account of what went into the output (its map), from which do_package reads
# whose code a program contains. Nothing of this reaches the output.

# What is linked outside of a task, what configure scripts only try out, and what is linked again later is no program.
case "${STRATA_LINKS:+ $* }" in
    "" | *" -o conftest"* | *" -o cmTC_"* | *" -r "* | *" --version "*) exec @LINKER@ "$@" ;;
esac

[ -d "${STRATA_LINKS}" ] || mkdir -p "${STRATA_LINKS}"
# Tasks have the same process numbers, so the first free name is taken.
record=${STRATA_LINKS}/$$
set -C
until : 2>/dev/null >"${record}.at"; do record=${record}+; done
set +C
printf '%s\n' "${PWD}" >"${record}.at"

case " $*" in
    *" -Map"* | *" --Map"*)
        # There is only one map; who asked for it gets it.
        previous=
        for word; do
            case ${previous}${word} in
                -Map | --Map) previous=-Map= ;;
                -Map=* | --Map=*) map=${word#-*Map=} previous= ;;
            esac
        done
        @LINKER@ "$@" || exit
        [ ! -f "${map}" ] || cp "${map}" "${record}.map"
        ;;
    *) exec @LINKER@ -Map="${record}.map" "$@" ;;
esac
