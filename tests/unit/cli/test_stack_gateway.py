"""Whether ``up`` can start a gateway is looked at before anything is started."""

import pytest
from typer.testing import CliRunner

from cli import stack_gateway
from cli.app import app
from cli.stack_gateway import StackGateway
from schemas.errors import Defect


def test_what_is_not_installed_is_named_with_what_brings_it(monkeypatch):
    monkeypatch.setattr(stack_gateway, "find_spec", lambda _name: None)
    with pytest.raises(Defect, match=r"package fastapi, which is not installed: pip install 'depesche\[gateway\]'"):
        StackGateway.prepare(None)


@pytest.mark.parametrize(("given", "port"), [(8123, 8123), (None, 8124)], ids=["option", "setting"])
def test_the_port_is_the_one_given_else_that_of_the_settings(monkeypatch, given, port):
    monkeypatch.setenv("DEPESCHE_GATEWAY_PORT", "8124")
    monkeypatch.setattr(stack_gateway, "listen", lambda *_address: open_nothing())
    assert StackGateway.prepare(given).url == f"http://127.0.0.1:{port}"


def open_nothing():
    class Nothing:
        def close(self):
            """There is nothing to close."""

    return Nothing()


def test_it_listens_on_this_machine_alone_and_ends_with_its_parent():
    command = StackGateway(8123).command
    assert command[command.index("--host") + 1] == "127.0.0.1"
    assert "--parent" in command


def test_a_port_without_a_gateway_is_refused():
    assert CliRunner().invoke(app, ["up", "--gateway-port", "8123"]).exit_code == 2
