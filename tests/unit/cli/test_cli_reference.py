"""The reference page of the command line and the command line say the same."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from cli.app import app
from cli.extras import EXTRA_OF_COMMAND

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
COMMON = {"--help", "-h"}
"""Options that typer adds to each command."""


def walk(command, *names):
    children = getattr(command, "commands", {})
    for name, child in children.items():
        yield from walk(child, *names, name)
    if not children:
        yield names, command


COMMANDS = dict(walk(get_command(app)))


def section(names):
    found = re.search(rf"^## {names[0]}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    return found.group(1) if found else ""


def options(command):
    return {
        option
        for parameter in command.params
        if not getattr(parameter, "hidden", False)
        for option in (*parameter.opts, *parameter.secondary_opts)
        if option.startswith("-")
    }


@pytest.mark.parametrize("names", COMMANDS, ids=" ".join)
def test_every_command_has_a_section_that_names_its_options(names):
    text = section(names)
    assert f"depesche {' '.join(names)}" in text
    assert {option for option in options(COMMANDS[names]) - COMMON if option not in text} == set()


def test_the_page_names_no_option_that_is_none():
    known = COMMON | {"--version", "--install-completion"} | {o for c in COMMANDS.values() for o in options(c)}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", PAGE)) - known == set()


def test_every_command_says_what_it_needs():
    assert {names[0] for names in COMMANDS} <= set(EXTRA_OF_COMMAND)


def test_every_command_is_in_the_overview():
    overview = PAGE.partition("## ")[0]
    assert {names[0] for names in COMMANDS if f"[`{names[0]}`](#{names[0]})" not in overview} == set()
