#!/bin/sh
# Pins every dependency with its hashes: runtime.txt for users and images, dev.txt for the checks and tests on top of it.
set -eu
cd "$(dirname "$0")/.."
UV=${UV:-uv}
compile() { "$UV" pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet "$@"; }
compile pyproject.toml --extra all -o requirements/runtime.txt
compile --group dev -c requirements/runtime.txt -o requirements/dev.txt
