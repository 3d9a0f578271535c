#!/bin/sh
# Pins every dependency with its hashes: build.txt for the installation itself, runtime.txt for users and images,
# flower.txt for the image of Flower, dev.txt for the checks and tests on top of it.
set -eu
cd "$(dirname "$0")/.."
UV=${UV:-uv}
compile() { "$UV" pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet "$@"; }
compile pyproject.toml --extra all -o requirements/runtime.txt
compile pyproject.toml --extra flower -c requirements/runtime.txt -o requirements/flower.txt
compile --group build -c requirements/runtime.txt -o requirements/build.txt
compile --group dev -c requirements/runtime.txt -c requirements/build.txt -o requirements/dev.txt
