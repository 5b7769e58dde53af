#!/usr/bin/env bash
# Makes .venv with the locked packages and Closeknit itself. Usage: scripts/setup.sh run|dev|scale
set -euo pipefail
cd "$(dirname "$0")/.."

part="${1:?run, dev or scale}"
lock="requirements/$part.txt"
python="${PYTHON:-python3}"
log=".venv/setup.log"

say() { printf '%s\n' "$*"; }

if ! command -v "$python" >/dev/null; then
    scripts/debian.sh python3 python3-venv
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    say "Closeknit needs Python 3.11 or later; $python is $("$python" -V 2>&1). Name another one: make setup PYTHON=python3.12"
    exit 1
fi
if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    "$python" -c 'import venv, ensurepip' 2>/dev/null || scripts/debian.sh python3-venv
    say "Making a virtual environment in .venv …"
    rm -rf .venv
    "$python" -m venv .venv
fi

packages=$(grep -c '^[A-Za-z0-9]' "$lock")
say "Installing $packages locked packages into .venv; what it does stands in $log."
progress() {  # one line that counts, where somebody is watching
    fetched=0
    while IFS= read -r line; do
        printf '%s\n' "$line" >>"$log"
        case "$line" in
        "Collecting "* | "Processing "*)
            name="${line#* }" name="${name%% *}" fetched=$((fetched + 1))
            [ -t 1 ] && printf '\r\033[K  %d of %d: %s' "$fetched" "$packages" "${name##*/}"
            ;;
        "Installing collected"*) [ -t 1 ] && printf '\r\033[K  Unpacking …' ;;
        esac
    done
    [ -t 1 ] && printf '\r\033[K' || true
}
: >"$log"
pip() { .venv/bin/python -m pip --disable-pip-version-check install --no-deps --no-compile "$@" 2>&1 | progress; }
if ! pip --require-hashes -r "$lock" || ! pip --no-build-isolation --editable .; then
    say "That did not work. The last lines of $log:"
    tail -n 12 "$log"
    say "Most often the network is the reason: look whether this machine reaches the Python package index, then run the same command again."
    exit 1
fi
touch ".venv/.ready-$part"
[ "$part" = run ] || touch .venv/.ready-run
say "Ready: .venv/bin/closeknit"
