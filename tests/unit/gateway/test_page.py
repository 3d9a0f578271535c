"""The page's files: what is sent, what it says, and what its scripts must not do."""

import gzip
import json
import posixpath
import re

import pytest

from gateway.page.assets import read_assets
from gateway.page.router import POLICY
from gateway.page.vocabulary import vocabulary
from schemas.failure_codes import FAILURE_CODES

ASSETS = read_assets()
SCRIPTS = {path: asset.content.decode() for path, asset in ASSETS.items() if path.endswith(".js")}
TEXTS = {path[5:7]: json.loads(asset.content) for path, asset in ASSETS.items() if path.startswith("text/")}
PLAIN = {"accept-encoding": "identity"}


def test_page_is_sent_with_its_policy(http):
    answer = http.get("/")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", sorted(ASSETS.keys() - {"index.html"}))
def test_every_file_is_sent(http, path):
    answer = http.get(f"/page/{path}", headers=PLAIN)
    assert (answer.status_code, answer.content) == (200, ASSETS[path].content)


def test_file_is_sent_compressed_and_once(http):
    answer = http.get("/page/js/main.js", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(ASSETS["js/main.js"].compressed) == answer.content
    again = http.get("/page/js/main.js", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path", ["router.py", "../router.py", "..%2frouter.py", "js/", "index.html", "js/main.js/x", "%00"]
)
def test_nothing_else_is_sent(http, path, problem):
    problem(http.get(f"/page/{path}"), 404, "not_found")


def test_page_needs_no_token_and_its_data_do(make_world):
    from starlette.testclient import TestClient  # noqa: PLC0415

    from gateway.app import create_app  # noqa: PLC0415

    with TestClient(create_app(make_world(gateway_access="tokens").parts)) as http:
        assert http.get("/").status_code == 200
        assert http.get("/page/vocabulary.json").status_code == 200
        assert http.get("/v1/overview").status_code == 401


def test_overview_counts_what_ended(world, http, submit):
    for each in ("a-1", "a-2", "a-3"):
        submit(each)
    world.finish("a-1", "e-1")
    world.fail("a-2")
    found = http.get("/v1/overview").json()
    assert (found["waiting"], found["workers"], found["done"], found["defect"]) == (1, 1, 1, 1)


def test_languages_say_the_same_things():
    assert TEXTS["de"].keys() == TEXTS["en"].keys()
    for key, text in TEXTS["de"].items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", TEXTS["en"][key])), key


@pytest.mark.parametrize("language", sorted(vocabulary()["languages"]))
def test_every_failure_code_is_explained(language):
    """Whoever reads the page is told what is wrong, and what mends it, in its language."""
    for code in FAILURE_CODES:
        assert TEXTS[language].keys() >= {f"problem.{code}", f"remedy.{code}"}


@pytest.mark.parametrize("language", sorted(vocabulary()["languages"]))
@pytest.mark.parametrize(
    ("group", "prefix"),
    [
        ("factualities", "factuality"),
        ("factualities", "factuality_means"),
        ("roles", "role"),
        ("kinds", "kind"),
        ("granularities", "granularity"),
        ("stages", "stage"),
        ("attributions", "how"),
        ("languages", "language"),
    ],
)
def test_every_value_of_the_contract_has_a_name(language, group, prefix):
    assert {f"{prefix}.{each}" for each in vocabulary()[group]} <= TEXTS[language].keys()


def test_every_text_that_is_asked_for_is_there():
    asked = {key for script in SCRIPTS.values() for key in re.findall(r'\b(?:t|has)\((?:\w+ \? )?"([\w.]+)"', script)}
    counted = {key for script in SCRIPTS.values() for key in re.findall(r'\bcount\("([\w.]+)"', script)}
    assert len(asked) > 60
    missing = asked - TEXTS["en"].keys()
    missing |= {f"{key}.{form}" for key in counted for form in ("one", "other")} - TEXTS["en"].keys()
    assert missing == set()


def test_every_factuality_has_the_sign_of_the_command_line():
    from cli.table.signs import FACTUALITY_SIGNS  # noqa: PLC0415 - the gateway alone must not need it

    found = dict(re.findall(r'(\w+): "(.)"', re.search(r"SIGNS = \{(.*?)\}", SCRIPTS["js/vocabulary.js"]).group(1)))
    assert found == {name: each.sign for name, each in FACTUALITY_SIGNS.items()}


@pytest.mark.parametrize(
    "word", ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function("]
)
def test_no_script_makes_markup_or_code_of_text(word):
    assert [path for path, script in SCRIPTS.items() if word in script] == []


def test_nothing_comes_from_elsewhere_and_nothing_stands_inline():
    for path, asset in ASSETS.items():
        addresses = re.findall(r"https?://[^\s\"'`)]+", asset.content.decode())
        assert set(addresses) <= {"http://www.w3.org/2000/svg"}, path
    index = ASSETS["index.html"].content.decode()
    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", index)


def test_every_file_is_small():
    """One idea each."""
    assert {path: n for path, script in SCRIPTS.items() if (n := script.count("\n")) > 160} == {}


def imported(path):
    """Give what a script imports, and what that imports."""
    found, ahead = set(), [path]
    while ahead:
        script = ahead.pop()
        for name in re.findall(r'^import .*? from "([^"]+)"', SCRIPTS[script], re.MULTILINE):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(script), name))
            if target not in found:
                found.add(target)
                ahead.append(target)
    return found


def test_first_view_is_named_ahead():
    """The browser then asks for all of it at once, not for one import after the other."""
    named = set(re.findall(r'modulepreload" href="/page/([^"]+)"', ASSETS["index.html"].content.decode()))
    first = "js/views/submit.js"
    assert named == imported("js/main.js") | {first} | imported(first)
