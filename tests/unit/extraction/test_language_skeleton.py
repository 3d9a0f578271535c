"""A new language: every file is written with every key to fill, and what is still lacking is named by file and key."""

import re
import shutil
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from schemas import EVENT_TYPES
from worker.extraction.languages.__main__ import main
from worker.extraction.languages.checking import FORMS, find_lacks, needed_files
from worker.extraction.languages.pack import read_pack
from worker.extraction.languages.skeleton import write_skeleton
from worker.extraction.time.pack import TenseSigns, TimeWords

ENGLISH = Path(str(files("worker.extraction.languages") / "en"))


@pytest.fixture(scope="module")
def skeleton(tmp_path_factory):
    folder = tmp_path_factory.mktemp("packs") / "nl"
    write_skeleton(folder)
    return folder


def test_the_skeleton_has_every_file_of_a_shipped_pack(skeleton):
    """But the tables that convert the labels of other pipelines, and what mends lemmas."""
    shipped = {str(path.relative_to(ENGLISH)) for path in ENGLISH.rglob("*.toml")}
    written = {str(path.relative_to(skeleton)) for path in skeleton.rglob("*.toml")}
    assert written == set(needed_files()) == {name for name in shipped if not name.startswith(("labels_", "lemmas"))}


@pytest.mark.parametrize("name", needed_files())
def test_each_file_is_valid_toml_before_it_is_filled(skeleton, name):
    tomllib.loads((skeleton / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "form"), [*FORMS.items(), ("time_words.toml", TimeWords), ("time_direction.toml", TenseSigns)]
)
def test_each_key_has_its_place(skeleton, name, form):
    """A key that is added to a form is in the next skeleton."""
    text = (skeleton / name).read_text(encoding="utf-8")
    keys = set(re.findall(r"^# (?:\[(\w+)\]|(\w+) =)", text, re.MULTILINE))
    assert {one or two for one, two in keys} == set(form.model_fields) - {"language", "rule", "direction"}


def test_everything_missing_is_named(skeleton):
    """Each required key of each form, a type without triggers, and what a language needs beside its folder."""
    lacks = {(lack.file, lack.key) for lack in find_lacks(skeleton, language="nl")}
    required = {
        (name, key) for name, form in FORMS.items() for key, field in form.model_fields.items() if field.is_required()
    }
    elsewhere = {
        ("worker/extraction/models/shipped.toml", "nl.small"),
        ("schemas/article.py", "Language"),
        ("time_rules.toml", "rule"),
        ("time_direction.toml", "direction.past"),
    }
    assert required | elsewhere | {(f"triggers/{name}.toml", "noun") for name in EVENT_TYPES} <= lacks


def test_a_filled_skeleton_loads(tmp_path):
    """The data of English under another name lacks nothing in the folder, and is read."""
    folder = tmp_path / "nl"
    shutil.copytree(ENGLISH, folder)
    assert all("/" in lack.file for lack in find_lacks(folder, language="nl") if "triggers" not in lack.file)
    assert set(read_pack(folder, language="nl").triggers) == set(EVENT_TYPES)


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        pytest.param("nouns.toml", "persons = ", "nouns.toml: not valid TOML", id="broken TOML"),
        pytest.param("furniture.toml", "lines = [3]", "furniture.toml: lines.0: Input should be", id="wrong kind"),
        pytest.param(
            "triggers/offer.toml",
            'type = "offer"\n[roles]\nsubject = "boss"',
            "triggers/offer.toml: roles.subject: expected one of",
            id="no role",
        ),
        pytest.param(
            "triggers/offer.toml",
            'type = "offer"\n[roles]\nsubject = "host"',
            "triggers/offer.toml: roles.subject: expected one of offerer, addressee, found 'host'",
            id="role of another type",
        ),
    ],
)
def test_a_wrong_entry_is_named(tmp_path, file, text, told):
    write_skeleton(tmp_path)
    (tmp_path / file).write_text(text, encoding="utf-8")
    assert any(str(lack).startswith(told) for lack in find_lacks(tmp_path, language="nl"))


def test_what_a_person_wrote_is_kept(tmp_path):
    """Asking again writes only what is not there."""
    write_skeleton(tmp_path)
    (tmp_path / "nouns.toml").write_text("titles = []\n", encoding="utf-8")
    (tmp_path / "furniture.toml").unlink()
    assert [path.name for path in write_skeleton(tmp_path)] == ["furniture.toml"]
    assert (tmp_path / "nouns.toml").read_text(encoding="utf-8") == "titles = []\n"


def test_the_command_writes_and_checks(tmp_path, capsys):
    """A complete language ends with 0 and says nothing, another with 1 and a line for each thing it lacks."""
    assert main(["new", "nl", "--folder", str(tmp_path)]) == 0
    assert "grammar.toml: written" in capsys.readouterr().out
    assert main(["check", "nl", "--folder", str(tmp_path)]) == 1
    assert "grammar.toml: clauses: the key is missing\n" in capsys.readouterr().out
    assert main(["check", "de"]) == 0
    assert capsys.readouterr().out == ""
    with pytest.raises(SystemExit):
        main(["new", "../nl"])
