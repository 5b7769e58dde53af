#!/usr/bin/env bash
# Installs Debian packages that are missing when run as root; otherwise says what to type. Usage: scripts/debian.sh PACKAGE…
set -euo pipefail

missing=()
for package in "$@"; do
    dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "These are missing and this is no Debian: ${missing[*]}. Install what your system calls them, then run the same command again."
    exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
    echo "Missing on this machine: ${missing[*]}. Type: sudo apt-get install ${missing[*]}   and then the same command again."
    exit 1
fi
echo "Installing from Debian: ${missing[*]} …"
export DEBIAN_FRONTEND=noninteractive
apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null 2>&1 && exit 0
apt-get update -qq
apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null
