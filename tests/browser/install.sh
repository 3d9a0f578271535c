#!/bin/sh
# Installs Debian's Chromium and a font that has the page's signs, where there is no browser yet.
set -eu
for each in chromium chromium-browser google-chrome; do
  command -v "$each" >/dev/null 2>&1 && exit 0
done
sudo=""
[ "$(id -u)" = 0 ] || sudo="sudo"
$sudo apt-get update -qq
$sudo apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core
