"""The image is built from the locks, small in what it can do, and by every builder."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "deploy/Dockerfile").read_text(encoding="utf-8")
INSTRUCTIONS = re.sub(r"^#.*\n", "", DOCKERFILE, flags=re.MULTILINE).replace("\\\n", " ").splitlines()
IGNORE = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()


def test_every_stage_starts_from_the_verified_image():
    bases = [line.split()[1] for line in INSTRUCTIONS if line.startswith("FROM ")]
    assert bases == ["python:3.11-slim-bookworm"] * 2


@pytest.mark.parametrize("feature", ["--mount", "<<", "--chmod", "--link", "# syntax="])
def test_classic_builder_understands_it(feature):
    assert feature not in DOCKERFILE


def test_it_ends_as_a_numeric_user_without_rights():
    users = [line.split()[1] for line in INSTRUCTIONS if line.startswith("USER ")]
    assert [re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user) is not None for user in users] == [True]


@pytest.mark.parametrize("lock", ["requirements/runtime.txt", "requirements/build.txt"])
def test_dependencies_come_from_the_locks(lock):
    install = next(line for line in INSTRUCTIONS if f"-r {lock}" in line)
    assert "--require-hashes" in install
    assert f"!{lock}" in IGNORE


def test_the_project_resolves_nothing_of_its_own():
    """Only the two locked installs may ask an index."""
    run = " ".join(line for line in INSTRUCTIONS if line.startswith("RUN "))
    installs = re.findall(r"install (.*?)(?=&&|RUN |$)", run)
    assert [("--require-hashes" in each) or ("--no-index" in each) for each in installs] == [True] * 3


def test_one_entrypoint_serves_every_command():
    assert 'ENTRYPOINT ["depesche"]' in INSTRUCTIONS


def test_every_package_gets_into_the_image():
    """The list of what the engine sees is closed, so a new package must be added to it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert IGNORE[1] == "*"
    assert {f"!{package}" for package in packages} <= set(IGNORE)


@pytest.mark.parametrize("name", [".env", ".git", "tests", "training", ".venv", ".depesche"])
def test_secrets_and_ballast_stay_outside(name):
    assert f"!{name}" not in IGNORE
