"""The package ``ledger`` gives its names when they are asked for, and each of them."""

import subprocess
import sys
from importlib import import_module

import pytest

import ledger


@pytest.mark.parametrize("name", ledger.__all__)
def test_each_name_is_there(name):
    """What is listed can be imported, from where the table says."""
    assert getattr(ledger, name) is getattr(import_module(ledger._WHERE[name]), name)


def test_table_and_list_name_the_same():
    """Neither is forgotten when a name is added."""
    assert sorted(ledger._WHERE) == sorted(ledger.__all__)


def test_unknown_name_is_refused():
    """As any module does."""
    with pytest.raises(AttributeError, match="nowhere"):
        _ = ledger.nowhere


def test_settings_need_no_client_of_redis():
    """Whoever extracts without a queue reads settings alone."""
    code = "import sys, ledger.settings; sys.exit('redis' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
