"""The command that removes an article's traces."""

import pytest
from typer.testing import CliRunner

from cli.app import app
from schemas import Article
from schemas.names import KEY_ARTICLE

pytestmark = pytest.mark.redis


def delete(url, *ids):
    return CliRunner().invoke(app, ["delete", *ids, "--redis-url", url])


def test_articles_are_gone(client, ledger, redis_url):
    for name in ("a", "b"):
        client.submit(Article(id=name, text="Anna traf Ben."))
    assert delete(redis_url, "a", "b").exit_code == 0
    assert {client.status(name).status for name in ("a", "b")} == {"unknown"}
    assert {len(ledger.client.hgetall(KEY_ARTICLE + name)) for name in ("a", "b")} == {2}
    assert sorted(ledger.client.keys("depesche:*article:*")) == ["depesche:article:a", "depesche:article:b"]


def test_unknown_id_is_told_and_the_others_are_deleted(client, redis_url):
    client.submit(Article(id="a", text="Anna traf Ben."))
    done = delete(redis_url, "nobody", "a")
    assert done.exit_code == 23
    assert "1 of 2 unknown" in done.stderr
    assert client.status("a").status == "unknown"
