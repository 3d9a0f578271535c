"""What is written about the settings agrees with the settings."""

from pathlib import Path

import pytest

from gateway.settings import GatewaySettings
from worker.service.settings import WorkerSettings
from worker.service.settings_page import PAGE, render, shown_default

FIELDS = {**WorkerSettings.model_fields, **GatewaySettings.model_fields}
ENV_EXAMPLE = Path(__file__).parents[3] / ".env.example"


def test_settings_page_is_up_to_date():
    """Made again by `python -m worker.service.settings_page`."""
    assert PAGE.read_text(encoding="utf-8") == render()


def test_every_setting_says_what_it_is():
    without = [name for name, field in FIELDS.items() if not field.description]
    assert without == []


@pytest.mark.parametrize("name", FIELDS)
def test_env_example_names_every_setting_with_its_default(name):
    """A copy of it with the # taken away changes nothing."""
    lines = ENV_EXAMPLE.read_text(encoding="utf-8").splitlines()
    field = FIELDS[name]
    assert f"#DEPESCHE_{name.upper()}={shown_default(field)}" in lines


def test_env_example_names_no_setting_that_is_gone():
    lines = ENV_EXAMPLE.read_text(encoding="utf-8").splitlines()
    named = {line.removeprefix("#").partition("=")[0] for line in lines if line.startswith("#DEPESCHE_")}
    assert named == {f"DEPESCHE_{name.upper()}" for name in FIELDS}
