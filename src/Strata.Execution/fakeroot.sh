#!/bin/sh
# shellcheck shell=dash
# fakeroot.sh SCRIPT DIRECTORY...
#
# Runs the script of a task under fakeroot, and writes what only that session knows of each directory into DIRECTORY.owners: records, each
# ended by a zero byte:
#
#   MODE USER GROUP MAJOR MINOR INODE PATH     mode and device numbers hexadecimal, PATH relative
#   cap INODE CAPABILITIES                     what setcap was asked for
#   user NUMBER NAME, group NUMBER NAME        what the numbers of declared accounts stand for, from SCRIPT.accounts
set -eu
command -v fakeroot > /dev/null || {
    echo "there is no fakeroot in the sandbox: add fakeroot-native:do_populate_sysroot to [depends] of the task" >&2
    exit 127
}
script=$1
shift
tools=$script.tools
mkdir -p "$tools"
: > "$tools/capabilities"
# Fakeroot lets setcap succeed and forgets what it said.
cat > "$tools/setcap" <<EOF
#!/bin/sh
while [ \$# -gt 1 ]; do
    case \$1 in
        -q | -v | -n) shift ;;
        -r) printf 'cap %s \\0' "\$(stat -L -c %i "\$2")" >> "$tools/capabilities"; shift 2 ;;
        *) printf 'cap %s %s\\0' "\$(stat -L -c %i "\$2")" "\$1" >> "$tools/capabilities"; shift 2 ;;
    esac
done
EOF
chmod 0755 "$tools/setcap"
export FAKEROOTDONTTRYCHOWN=1
# The task's own script sets PATH, so that a function has to lead to the other setcap; programs that it starts find it by PATH.
# shellcheck disable=SC2016
exec fakeroot -- /bin/sh -ec '
    tools=$1 script=$2
    shift 2
    sed "s|^export PATH=\"|&$tools:|" "$script" > "$tools/run"
    /bin/sh -e "$tools/run"
    for directory in "$@"; do
        [ -d "$directory" ] || continue
        (cd "$directory" && find . -mindepth 1 -exec stat --printf "%f %u %g %t %T %i %n\0" {} + > "$directory.owners")
        cat "$script.accounts" "$tools/capabilities" >> "$directory.owners"
    done
' fakeroot "$tools" "$script" "$@"
