"""What the pages for operators say is true: commands, messages, settings, links, back-up and restore."""

import ast
import re
import shlex
import subprocess
from pathlib import Path

import pytest
import redis
from typer.main import get_command

from cli.app import app
from gateway.settings import GatewaySettings
from ledger import EmbeddedServer
from producer import Client
from schemas import Article
from worker.service.settings import WorkerSettings

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "how-to"
NAMES = ("operate.md", "scale.md", "run.md", "monitor.md")
OPERATE, SCALE, RUN, MONITOR = ((FOLDER / name).read_text(encoding="utf-8") for name in NAMES)
PAGES = OPERATE + SCALE + MONITOR
RUN_COMMANDS = sorted(set(re.findall(r"^\$ (?:DEPESCHE_\w+=\S+ )?(depesche .+)$", RUN, re.MULTILINE)))
SAID = [*re.findall(r"^\$ (.+)$", PAGES, re.MULTILINE), *re.findall(r"`([^`\n]+)`", PAGES)]
"""Every command, in blocks and in sentences, and words that are none."""
SETTINGS = GatewaySettings.model_fields | WorkerSettings.model_fields
DAY_S = 24 * 3600


def commands(start):
    found = {each for each in SAID if each.startswith(start) and "…" not in each}
    assert found, start
    return sorted(found)


@pytest.mark.parametrize("line", commands("depesche ") + commands("docker compose run --rm -T worker ") + RUN_COMMANDS)
def test_command_is_understood(line):
    """Its name, options and values are known."""
    command, words = get_command(app), shlex.split(re.sub(r"^.* worker (?=\w)|^depesche | 2?[<>] .*", "", line))
    while hasattr(command, "commands"):
        command, words = command.commands[words[0]], words[1:]
    command.make_context(command.name, words)


@pytest.mark.redis
@pytest.mark.parametrize("line", commands("redis-cli ") + commands("docker compose exec redis redis-cli "))
def test_redis_understands_the_command(line, redis_url):
    with Client(redis_url) as client:
        client.submit(Article(id="a1", text="Kurz."))
    words = re.sub(r"\bGROUP$", "archive", re.sub(r"\bID\b", "a1", line.partition("redis-cli ")[2])).split()
    with redis.Redis.from_url(redis_url, decode_responses=True) as server:
        server.xgroup_create("depesche:events", "archive", mkstream=True)
        assert server.execute_command(*words) is not None


@pytest.mark.redis
def test_the_oldest_message_names_its_articles_and_their_time(redis_url):
    with Client(redis_url) as client:
        for name in ("first", "second"):
            client.submit(Article(id=name, text="Kurz."))
    with redis.Redis.from_url(redis_url, decode_responses=True) as server:
        assert "['first']" in server.lindex("depesche:queue:live", -1)
        seconds, _ = server.time()
        assert abs(int(server.hget("depesche:article:first", "accepted_at")) / 1000 - seconds) < 60
        assert server.zcard("depesche:leases") == 2


@pytest.mark.redis
def test_a_copy_of_the_append_only_folder_of_a_running_server_has_everything(tmp_path):
    """As the page says: no rewriting meanwhile, then the folder alone by tar."""
    with EmbeddedServer(tmp_path / "old") as server, Client(server.url) as client:
        client.submit(Article(id="kept", text="Kurz."))
        with redis.Redis.from_url(server.url, decode_responses=True) as connection:
            connection.config_set("auto-aof-rewrite-percentage", 0)
            assert connection.info("persistence")["aof_rewrite_in_progress"] == 0
        backup = subprocess.run(
            ["tar", "-C", tmp_path / "old", "-cf", "-", "appendonlydir"], capture_output=True, check=True
        )
    (tmp_path / "new").mkdir()
    subprocess.run(["tar", "-C", tmp_path / "new", "-xf", "-"], input=backup.stdout, check=True)
    with EmbeddedServer(tmp_path / "new") as server, Client(server.url) as client:
        assert client.status("kept").status == "queued"


def page_command(start, folder):
    """Take a command of the containers out of the page and run it here: what follows the service, on another folder."""
    [line] = {each for each in SAID if each.startswith(start)}
    rest = line.removeprefix(start).strip().replace("/data", str(folder))
    words, _, target = rest.partition(" < " if " < " in rest else " > ")
    program = words.removeprefix("redis ")
    return ["sh", *shlex.split(program)] if program.startswith("-c ") else shlex.split(program), target


@pytest.mark.redis
def test_back_up_and_restore_with_compose_as_the_page_says(tmp_path):
    """The containers are not there; their commands are, with the folder of a server here."""
    with EmbeddedServer(tmp_path / "data") as server, Client(server.url) as client:
        client.submit(Article(id="kept", text="Kurz."))
        words, file = page_command("docker compose exec -T redis tar", tmp_path / "data")
        backup = subprocess.run(["tar", *words], capture_output=True, check=True).stdout
        client.submit(Article(id="later", text="Kurz."))
    words, read_from = page_command("docker compose run --rm --no-deps -T --entrypoint sh", tmp_path / "data")
    assert file == read_from == "backup.tar"
    subprocess.run(words, input=backup, check=True)
    with EmbeddedServer(tmp_path / "data") as server, Client(server.url) as client:
        assert client.status("kept").status == "queued"
        assert client.status("later").status == "unknown"


def logged():
    """Give what is logged as a warning or an error, by whatever part."""
    for folder in ("worker/service", "gateway", "producer", "consumer", "ledger"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
                if is_call and node.func.attr in {"warning", "error"} and isinstance(node.func.value, ast.Name):
                    yield node.args[0].value


@pytest.mark.parametrize("message", sorted(set(logged())))
def test_page_explains_the_message(message):
    assert f"`{message}`" in OPERATE


def test_there_are_messages_to_explain():
    assert "articles sent again" in set(logged())


@pytest.mark.parametrize("name", sorted(set(re.findall(r"DEPESCHE_(\w+)", PAGES))))
def test_setting_is_one(name):
    assert name.lower() in SETTINGS


@pytest.mark.parametrize(("days", "name"), re.findall(r"\| (\d+) days[^|]*\| `DEPESCHE_(\w+?)`", OPERATE))
def test_lifetime_is_the_default(days, name):
    assert SETTINGS[name.lower()].default == int(days) * DAY_S


def anchors(page):
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(((?!https:)[^)]+)\)", PAGES))))
def test_link_leads_somewhere(link):
    path, _, anchor = link.partition("#")
    assert (FOLDER / path).is_file()
    assert not anchor or anchor in anchors(FOLDER / path)
