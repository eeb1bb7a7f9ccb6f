#!/usr/bin/env bash
# Puts a JupyterLab together in a folder, with playwright-core beside it, for tests that look at our kernel in a real browser:
#   build.sh FOLDER        three minutes; 500 MB of disk meanwhile, 40 MB at the end
# Then AFFECT_PLAYWRIGHT=FOLDER makes those tests run, and FOLDER/jupyter-lab starts this JupyterLab by hand.
# It needs node, npm and Debian's server side: apt-get install --no-install-recommends python3-jupyterlab-server chromium
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=${1:?"which folder? build.sh FOLDER"}
mkdir -p "$folder"
cd "$folder"
npm=(--ignore-scripts --no-audit --no-fund --no-package-lock)
# One version of every package of JupyterLab, so that none is there twice. fast-foundation's 2.50.0 calls itself without end in JupyterLab's toolbars.
cp "$here"/{package.json,assemble.mjs,index.js} .
npm install "${npm[@]}"
node assemble.mjs
# What the bundle holds is not needed a second time.
npm prune --omit=dev "${npm[@]}"
rm assemble.mjs index.js extensions.js
install -D -m 644 "$here/index.html" templates/index.html
install -m 755 "$here/server.py" jupyter-lab
