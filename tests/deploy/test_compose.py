"""The compose file says what the settings and the platform need; read as data, without an engine."""

import importlib
import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from gateway.serving import STOP_PATIENCE_S
from gateway.settings import GatewaySettings
from ledger.settings import LedgerSettings
from worker.service.settings import WorkerSettings

ROOT = Path(__file__).parents[2]
UNITS = {"s": 1, "m": 60, "h": 3600}
SIZES = {"m": 1, "mb": 1, "g": 1024, "gb": 1024}


def with_defaults(value):
    """Put the defaults in, as compose does where no variable is set."""
    if isinstance(value, dict):
        return {key: with_defaults(each) for key, each in value.items()}
    if isinstance(value, list):
        return [with_defaults(each) for each in value]
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value) if isinstance(value, str) else value


def read(name):
    return with_defaults(yaml.safe_load((ROOT / name).read_text(encoding="utf-8")))


COMPOSE = read("docker-compose.yml")
SERVICES = COMPOSE["services"]
REDIS = SERVICES["redis"]
WORKER = SERVICES["worker"]
GATEWAY = SERVICES["gateway"]
FLOWER = SERVICES["flower"]
PROMETHEUS = SERVICES["prometheus"]
PORT = read("deploy/compose.port.yml")["services"]


def seconds(duration):
    number, unit = re.fullmatch(r"(\d+)([smh])", duration).groups()
    return int(number) * UNITS[unit]


def mebibytes(size):
    number, unit = re.fullmatch(r"(\d+)([a-z]+)", size).groups()
    return int(number) * SIZES[unit]


def redis_options(service):
    """Give the options of redis-server: names and values come in pairs."""
    words = service["command"]
    return dict(zip((word.removeprefix("--") for word in words[::2]), words[1::2], strict=True))


@pytest.fixture
def settings(monkeypatch):
    """The settings as the worker's container reads them."""
    for name in [each for each in os.environ if each.startswith("DEPESCHE_")]:
        monkeypatch.delenv(name)
    for name, value in WORKER["environment"].items():
        monkeypatch.setenv(name, value)
    return WorkerSettings()


def test_images_are_those_that_are_verified():
    assert (REDIS["image"], WORKER["image"]) == ("redis:7.2-bookworm", "depesche:latest")


def test_dockerfile_of_the_build_exists():
    build = WORKER["build"]
    assert (ROOT / build["context"] / build["dockerfile"]).is_file()


@pytest.mark.parametrize(
    ("name", "profile", "base"),
    [
        ("flower", "tools", "python:3.11-slim-bookworm"),
        ("prometheus", "monitoring", "debian:bookworm-slim"),
    ],
)
def test_tools_are_built_from_verified_images_and_started_by_their_profile_alone(name, profile, base):
    """Built here, from a file of ours: no image of strangers; reached from this machine alone."""
    service = SERVICES[name]
    assert service["profiles"] == [profile]
    build = service["build"]
    dockerfile = (ROOT / build["context"] / build["dockerfile"]).read_text(encoding="utf-8")
    assert set(re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE)) == {base}
    assert not re.search(r"--mount|<<|--chmod|--link", dockerfile)
    assert re.search(r"^USER [1-9]\d{3,}:[1-9]\d{3,}$", dockerfile, re.MULTILINE)
    assert [port.startswith("127.0.0.1:") for port in service["ports"]] == [True]


@pytest.mark.parametrize("name", ["worker", "gateway"])
def test_prometheus_finds_the_metrics_of_each_service(name):
    """On a port that is open inside the network alone."""
    environment = SERVICES[name]["environment"]
    port = int(environment["DEPESCHE_METRICS_PORT"])
    configuration = yaml.safe_load((ROOT / "deploy" / "monitoring" / "prometheus.yml").read_text(encoding="utf-8"))
    jobs = {each["job_name"]: each for each in configuration["scrape_configs"]}
    assert environment["DEPESCHE_METRICS_HOST"] == "0.0.0.0"  # noqa: S104 - of the container
    assert not any(str(port) in each for each in SERVICES[name].get("ports", []))
    assert set(PROMETHEUS["networks"]) & set(SERVICES[name]["networks"])
    if name == "worker":
        (job,) = jobs["depesche-worker"]["dns_sd_configs"]
        assert (job["names"], job["port"]) == (["worker"], port)
    else:
        assert jobs["depesche-gateway"]["static_configs"] == [{"targets": [f"gateway:{port}"]}]


def test_flower_needs_no_model():
    assert "requirements/flower.txt" in (ROOT / FLOWER["build"]["dockerfile"]).read_text(encoding="utf-8")
    assert "spacy" not in (ROOT / "requirements" / "flower.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("hindrance", ["container_name", "ports", "hostname"])
def test_workers_can_be_scaled(hindrance):
    """What can exist once only must not be on a service that runs several times."""
    assert hindrance not in WORKER


@pytest.mark.parametrize("name", SERVICES)
def test_service_is_hardened(name):
    """A fault in a parser or in Redis finds nothing to write to and nothing to gain."""
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert "privileged" not in service
    assert "cap_add" not in service


@pytest.mark.parametrize("name", SERVICES)
def test_service_is_started_again_and_bounded(name):
    """It comes back after a crash; it fills neither the memory nor the disk with its log."""
    service = SERVICES[name]
    assert service["restart"] == "unless-stopped"
    assert mebibytes(service["mem_limit"]) > 0
    assert {"max-size", "max-file"} <= set(service["logging"]["options"])
    assert "healthcheck" in service


def test_redis_keeps_what_it_was_given():
    options = redis_options(REDIS)
    assert options["appendonly"] == "yes"
    assert options["maxmemory-policy"] == "noeviction"
    assert [volume.split(":") for volume in REDIS["volumes"]] == [["redis-data", "/data"]]
    assert "redis-data" in COMPOSE["volumes"]


def test_redis_has_room_to_rewrite_its_file():
    """While the file is rewritten, memory may double; the limit must not kill it then."""
    assert mebibytes(REDIS["mem_limit"]) >= 2 * mebibytes(redis_options(REDIS)["maxmemory"])


def test_redis_is_reached_by_nobody_else():
    assert "ports" not in REDIS
    assert REDIS["networks"] == WORKER["networks"] == ["queue"]
    assert COMPOSE["networks"]["queue"]["internal"] is True


def test_worker_finds_redis(settings):
    url = urlsplit(settings.redis_url)
    assert (url.scheme, url.hostname) == ("redis", "redis")
    assert WORKER["depends_on"] == {"redis": {"condition": "service_healthy"}}


@pytest.mark.parametrize("service", [WORKER, PORT["worker"]], ids=["compose", "port"])
def test_environment_holds_known_settings_only(service):
    """A misspelt setting would be ignored in silence."""
    known = {f"DEPESCHE_{name.upper()}" for name in WorkerSettings.model_fields}
    assert set(service["environment"]) <= known


def test_stopping_worker_may_finish_its_articles(settings):
    """After the soft shutdown the messages go back, which takes a moment; only then may the engine kill."""
    margin_s = 30
    assert seconds(WORKER["stop_grace_period"]) >= settings.stop_patience_s + margin_s


def test_worker_may_grow_until_its_processes_are_replaced(settings):
    """The settings replace a large process in peace; the engine's limit would kill it at work."""
    parent_mib = 512
    needed = settings.concurrency * settings.max_memory_mib_per_child + parent_mib
    assert mebibytes(WORKER["mem_limit"]) >= needed


def test_worker_writes_in_its_temporary_folder_only(settings):
    mount, options = WORKER["tmpfs"][0].split(":")
    assert settings.heartbeat_file.is_relative_to(mount)
    assert "mode=1777" in options


def test_healthcheck_is_a_module_of_ours():
    program, flag, module = WORKER["healthcheck"]["test"][1:]
    assert (program, flag) == ("python", "-m")
    assert callable(importlib.import_module(module).main)


def test_settings_come_from_a_file_that_may_be_absent():
    assert WORKER["env_file"] == [{"path": ".env", "required": False}]


def test_open_port_asks_for_accounts_and_changes_nothing_else():
    """The list of options is written twice, since compose replaces it as a whole."""
    options = redis_options(PORT["redis"])
    (mounted,) = PORT["redis"]["configs"]
    assert options.pop("aclfile") == mounted["target"]
    assert options == redis_options(REDIS)
    users = read("deploy/compose.port.yml")["configs"][mounted["source"]]["content"].splitlines()
    assert users[0] == "user default off"
    assert all(re.search(r" >\$\{REDIS_\w*PASSWORD", each) for each in users[1:])
    assert all(port.startswith("127.0.0.1:") for port in PORT["redis"]["ports"])


def test_open_port_leaves_the_worker_inside():
    assert set(PORT["worker"]) == {"environment"}
    assert LedgerSettings(redis_url=PORT["worker"]["environment"]["DEPESCHE_REDIS_URL"])


def test_gateway_is_reached_from_this_machine_alone_and_asks_for_tokens():
    """It listens on all of the container's addresses, so nothing may be open by itself."""
    assert GATEWAY["ports"] == ["127.0.0.1:8080:8080"]
    assert GATEWAY["environment"]["DEPESCHE_GATEWAY_ACCESS"] == "tokens"
    assert set(GATEWAY["networks"]) == {"queue", "front"}


@pytest.mark.parametrize("service", [GATEWAY, PORT["gateway"]], ids=["compose", "port"])
def test_environment_of_the_gateway_holds_known_settings_only(service):
    assert set(service["environment"]) <= {f"DEPESCHE_{name.upper()}" for name in GatewaySettings.model_fields}


def test_gateway_needs_redis_alone():
    """A dependency on the workers would scale them back to one with each `docker compose run gateway`."""
    assert set(GATEWAY["depends_on"]) == {"redis"}
    assert GATEWAY["build"] == WORKER["build"]


def test_gateway_keeps_its_index_where_it_may_write():
    """The image makes the folder for its user; a new volume takes over whose it is."""
    (volume,) = [each.split(":") for each in GATEWAY["volumes"]]
    assert volume[0] in COMPOSE["volumes"]
    assert Path(GATEWAY["environment"]["DEPESCHE_INDEX_PATH"]).is_relative_to(volume[1])
    dockerfile = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    assert f"chown 10001:10001 {volume[1]}" in dockerfile


def test_stopping_gateway_may_finish_its_requests():
    assert seconds(GATEWAY["stop_grace_period"]) >= STOP_PATIENCE_S + 10


def test_healthcheck_of_the_gateway_is_a_module_of_ours():
    program, flag, module = GATEWAY["healthcheck"]["test"][1:]
    assert (program, flag) == ("python", "-m")
    assert callable(importlib.import_module(module).main)
