#!/bin/sh
# The compiler of the target. Compiles, and where the build system does not ask for the headers that were read itself (-MD), keeps a list of
# them, from which do_package reads whose headers are inside of a program. Nothing of this reaches the output.

# What configure scripts only try out is no program.
case "${STRATA_LINKS-} $*" in
    " "* | *conftest*) ;;
    *)
        [ -d "${STRATA_LINKS}" ] || mkdir -p "${STRATA_LINKS}"
        export SUNPRO_DEPENDENCIES="${STRATA_LINKS}/$$.headers"
        ;;
esac
exec @COMPILER@ -B"${0%/*}/@LINKER@/" @OPTIONS@ "$@"
