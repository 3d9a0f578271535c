"""The border to Redis: addresses, errors, and what a server must be."""

import ssl

import pytest
import redis
from redis import exceptions

from ledger import LedgerSettings, RedisLedger, open_redis, read_settings, resolve_url
from ledger.broker import find_broker, tls_options
from ledger.connection import check_fitness, shown, translated
from ledger.errors import RedisRefused, RedisUnfit, RedisUnreachable, SettingsInvalid
from ledger.sentinel import read_sentinel_url
from producer import Client
from schemas import Article


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (exceptions.ConnectionError("Error 111"), RedisUnreachable),
        (exceptions.TimeoutError("Timeout"), RedisUnreachable),
        (OSError("no route"), RedisUnreachable),
        (exceptions.BusyLoadingError("loading"), RedisRefused),
        (exceptions.ReadOnlyError("read only replica"), RedisRefused),
        (exceptions.OutOfMemoryError("used memory > maxmemory"), RedisRefused),
        (exceptions.ResponseError("OOM command not allowed ... script: abc"), RedisRefused),
        (exceptions.ResponseError("MISCONF Redis is configured to save"), RedisRefused),
        (exceptions.ResponseError("UNBLOCKED force unblock from blocking operation"), RedisRefused),
        (exceptions.AuthenticationError("invalid password"), RedisUnfit),
        (exceptions.NoPermissionError("no permissions"), RedisUnfit),
        (exceptions.ResponseError("WRONGTYPE Operation against a key"), RedisUnfit),
    ],
    ids=lambda value: value.__class__.__name__ if isinstance(value, Exception) else value.__name__,
)
def test_foreign_error_becomes_one_of_ours(error, expected):
    """With the server named, and the foreign error kept as its cause."""
    with pytest.raises(expected, match="redis://queue") as raised, translated("redis://queue:6379/0"):
        raise error
    assert raised.value.__cause__ is error


def test_long_foreign_message_is_cut():
    """It may repeat the arguments of the command, and these hold text."""
    with pytest.raises(RedisUnfit) as raised, translated("redis"):
        raise exceptions.ResponseError("ERR " + "x" * 500)
    assert len(raised.value.message) < 250


@pytest.mark.parametrize(
    ("server", "memory", "found"),
    [
        ({"redis_version": "7.2.5"}, {"maxmemory_policy": "noeviction"}, None),
        ({"redis_version": "6.2.0"}, {}, None),
        ({"redis_version": "6.0.16"}, {"maxmemory_policy": "noeviction"}, "6.2 or later, found 6.0.16"),
        ({"redis_version": "7.2.5"}, {"maxmemory_policy": "allkeys-lru"}, "CONFIG SET maxmemory-policy noeviction"),
        ({"redis_version": "7.2.5"}, {"maxmemory_policy": "volatile-ttl"}, "found volatile-ttl"),
    ],
    ids=["good", "oldest", "too-old", "evicts", "evicts-what-has-a-lifetime"],
)
def test_unfit_server_is_refused_with_what_mends_it(server, memory, found):
    class Server:
        def info(self, section):
            return {"server": server, "memory": memory}[section]

    if found is None:
        check_fitness(Server(), where="redis")
        return
    with pytest.raises(RedisUnfit, match=found):
        check_fitness(Server(), where="redis")


@pytest.mark.redis
def test_real_server_is_fit(redis_url):
    ledger = RedisLedger.open(url=redis_url)
    ledger.check_fitness()
    ledger.close()


@pytest.mark.redis
def test_user_without_rights_is_told_so(redis_url):
    """An account that may not do something gets a clear error, no retry."""
    with redis.Redis.from_url(redis_url) as admin:
        admin.execute_command("ACL", "SETUSER", "guest", "on", ">word", "~depesche:*", "+@read", "+client", "+ping")
        url = redis_url.replace("redis://", "redis://guest:word@")
        with pytest.raises(RedisUnfit, match="NoPermission"):
            Client(url).submit(Article(text="Ein Text."))
        wrong = redis_url.replace("redis://", "redis://guest:wrong@")
        with pytest.raises(RedisUnfit) as raised:
            Client(wrong).submit(Article(text="Ein Text."))
        admin.execute_command("ACL", "DELUSER", "guest")
    assert "wrong@" not in raised.value.message


@pytest.mark.redis
def test_key_of_another_kind_is_named_as_such(redis_url):
    with redis.Redis.from_url(redis_url) as stranger:
        stranger.set("depesche:article:a", "mine")
    with pytest.raises(RedisUnfit, match="WRONGTYPE"):
        Client(redis_url).submit(Article(id="a", text="Ein Text."))


def test_password_is_never_shown():
    assert shown("rediss://user:secret@queue.example:6380/2?ssl_ca_certs=x") == "rediss://queue.example:6380/2"
    assert "secret" not in repr(LedgerSettings(redis_url="redis://user:secret@queue.example"))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("redis://h", None),
        ("rediss://h", {"ssl_cert_reqs": ssl.CERT_REQUIRED}),
        ("rediss://h?ssl_cert_reqs=none", {"ssl_cert_reqs": ssl.CERT_NONE}),
        ("rediss://h?ssl_cert_reqs=nonsense", {"ssl_cert_reqs": ssl.CERT_REQUIRED}),
        (
            "rediss://h/0?ssl_certfile=c&ssl_keyfile=k&db=3",
            {"ssl_cert_reqs": ssl.CERT_REQUIRED, "ssl_certfile": "c", "ssl_keyfile": "k"},
        ),
    ],
    ids=["plain", "checked-by-default", "unchecked-on-demand", "unknown-word-is-checked", "client-certificate"],
)
def test_certificates_are_checked(url, expected):
    """Celery by itself would take any certificate."""
    assert tls_options(url) == expected


SENTINELS = "sentinel://us%40er:se%3Acret@a.example,b.example:26380/news/2?sentinel_password=word"


def test_sentinels_are_read_from_one_url():
    address = read_sentinel_url(SENTINELS)
    assert address.sentinels == (("a.example", 26379), ("b.example", 26380))
    assert (address.service, address.db, address.tls) == ("news", 2, None)
    assert address.account == {"username": "us@er", "password": "se:cret"}
    assert address.sentinel_account == {"password": "word"}
    assert "cret" not in shown(SENTINELS)


def test_celery_is_told_every_sentinel_with_the_account():
    """At a reconnect it goes by one URL alone."""
    broker = find_broker(LedgerSettings(), url=SENTINELS)
    each = "sentinel://us%40er:se%3Acret@"
    assert broker.url == f"{each}a.example:26379/2;{each}b.example:26380/2"
    assert broker.options["master_name"] == "news"
    assert {"password": "word"}.items() <= broker.options["sentinel_kwargs"].items()


def test_sentinels_with_tls_are_checked():
    broker = find_broker(LedgerSettings(), url="sentinels://a.example/news?ssl_ca_certs=ca.pem")
    expected = {"ssl_cert_reqs": ssl.CERT_REQUIRED, "ssl_ca_certs": "ca.pem"}
    assert broker.tls == expected
    assert expected.items() <= broker.options["sentinel_kwargs"].items()


@pytest.mark.parametrize(
    "url", ["sentinel://a.example", "sentinel:///news", "sentinel://a:port/news", "sentinel://a/n/x"]
)
def test_sentinels_that_cannot_be_read_are_refused(url):
    with pytest.raises(RedisUnfit, match="expected"):
        open_redis(LedgerSettings(), url=url)
    with pytest.raises(RedisUnfit, match="expected"):
        find_broker(LedgerSettings(), url=url)


def test_rabbitmq_confirms_and_is_checked():
    """Its client by itself does neither."""
    settings = LedgerSettings(broker_url="amqps://user:secret@rabbit.example/news?ssl_ca_certs=ca.pem")
    broker = find_broker(settings, url="redis://h")
    assert (broker.kind, broker.url) == ("amqp", "amqp://user:secret@rabbit.example:5671/news")
    assert broker.tls == {"cert_reqs": ssl.CERT_REQUIRED, "ca_certs": "ca.pem", "server_hostname": "rabbit.example"}
    assert broker.options["confirm_publish"]
    assert "secret" not in broker.where + repr(settings)


def test_given_url_wins(tmp_path):
    assert resolve_url(LedgerSettings(redis_url="redis://h:1", data_dir=tmp_path)) == "redis://h:1"


def test_no_server_at_all_is_said(tmp_path):
    with pytest.raises(RedisUnreachable, match="DEPESCHE_REDIS_URL, or a server started by `depesche up`"):
        resolve_url(LedgerSettings(data_dir=tmp_path))


def test_server_that_is_not_there_is_named_within_a_few_seconds():
    with pytest.raises(RedisUnreachable, match=r"redis://127\.0\.0\.1:1"):
        Client("redis://127.0.0.1:1").submit(Article(text="Ein Text."))


def test_url_that_cannot_be_read_is_refused():
    with pytest.raises(RedisUnfit):
        open_redis(LedgerSettings(), url="redis://h:port")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REDIS_URL", "http://h"),
        ("BROKER_URL", "redis://h"),
        ("MAX_ATTEMPTS", "0"),
        ("RESULT_LIFETIME_S", "soon"),
        ("REDIS_HEADROOM", "2"),
    ],
)
def test_bad_setting_is_named_without_its_value(monkeypatch, name, value):
    """The value may be a secret."""
    monkeypatch.setenv(f"DEPESCHE_{name}", value)
    with pytest.raises(SettingsInvalid, match=f"DEPESCHE_{name}: ") as raised:
        read_settings(LedgerSettings)
    assert "http://h" not in raised.value.message


def test_secret_is_read_from_its_file(monkeypatch, tmp_path):
    """As Docker and Kubernetes mount them; the variable itself wins."""
    (tmp_path / "redis_url").write_text("rediss://user:secret@queue.example\n")
    monkeypatch.setenv("DEPESCHE_REDIS_URL_FILE", str(tmp_path / "redis_url"))
    assert read_settings(LedgerSettings).redis_url == "rediss://user:secret@queue.example"
    monkeypatch.setenv("DEPESCHE_REDIS_URL", "redis://h")
    assert read_settings(LedgerSettings).redis_url == "redis://h"


@pytest.mark.parametrize(
    "content", [None, b"\xff\xfe", b"http://secret"], ids=["missing", "no text", "no URL of Redis"]
)
def test_bad_file_of_a_secret_is_named_without_what_it_says(monkeypatch, tmp_path, content):
    if content is not None:
        (tmp_path / "redis_url").write_bytes(content)
    monkeypatch.setenv("DEPESCHE_REDIS_URL_FILE", str(tmp_path / "redis_url"))
    with pytest.raises(SettingsInvalid, match="DEPESCHE_REDIS_URL") as raised:
        read_settings(LedgerSettings)
    assert "secret" not in raised.value.message


def test_empty_variable_is_no_setting(monkeypatch):
    monkeypatch.setenv("DEPESCHE_REDIS_URL", "")
    assert read_settings(LedgerSettings).redis_url is None


@pytest.mark.parametrize("url", ["redis://[broken", "sentinels://[name]79/news"])
def test_unreadable_addresses_are_refused_and_not_shown(url):
    """Fuzzing found that the message about a broken address broke itself."""
    with pytest.raises(RedisUnfit):
        open_redis(LedgerSettings(), url=url)


def test_option_of_tls_with_another_name_is_refused():
    """By the error that names the address; it was a TypeError once."""
    url = "sentinels://host.example/news?ssl_ca_cert=/etc/ca.pem"
    with pytest.raises(RedisUnfit, match="cannot be read"):
        open_redis(LedgerSettings(), url=url)
