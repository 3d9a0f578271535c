"""Language packs are data: complete, checked at load, and a bad entry is named by file and key."""

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from schemas import EVENT_TYPES
from worker.extraction.errors import LanguageUnsupported, PackBroken
from worker.extraction.languages.checking import find_lacks
from worker.extraction.languages.pack import languages, load_pack, read_pack

FOLDER = Path(str(files("worker.extraction.languages")))


@pytest.fixture
def copied(tmp_path):
    """Give a copy of the German pack to break."""
    return Path(shutil.copytree(FOLDER / "de", tmp_path / "de"))


@pytest.mark.parametrize("language", languages())
def test_each_pack_has_triggers_for_each_event_type(language):
    """A language says how every event type of the catalogue is said."""
    missing = [name for name in EVENT_TYPES if name not in load_pack(language).triggers]
    assert not missing, [f"languages/{language}/triggers/{name}.toml: the file is missing" for name in missing]


@pytest.mark.parametrize("language", languages())
def test_each_language_is_complete(language):
    """What a language still lacks is named, all at once, by file and key."""
    assert [str(lack) for lack in find_lacks(FOLDER / language, language=language)] == []


@pytest.mark.parametrize("language", languages())
def test_trigger_ids_are_unique(language):
    """Explanations name an entry by its id."""
    for table in load_pack(language).triggers.values():
        ids = [entry.id for entry in (*table.noun, *table.verb, *table.adjective)]
        assert len(ids) == len(set(ids))


def test_unknown_language_is_refused():
    """There is no pack for French."""
    with pytest.raises(LanguageUnsupported):
        load_pack("fr")


@pytest.mark.parametrize(
    ("file", "text", "named"),
    [
        ("triggers/talks.toml", 'type = "talks"\n[roles]\nsubject = "boss"\n', "roles.subject"),
        ("triggers/talks.toml", 'type = "chat"\n[roles]\n', "type"),
        ("triggers/talks.toml", "type = \n", "not valid TOML"),
        ("triggers/talks.toml", 'type = "talks"\n[roles]\nsubject = "host"\n[[noun]]\nid = "x"\n', "noun.0.heads"),
        (
            "triggers/talks.toml",
            'type = "talks"\n[roles]\n[[noun]]\nid = "x"\nheads = ["x"]\nexcluded = ["("]\n',
            "noun.0.excluded.0",
        ),
        (
            "triggers/talks.toml",
            'type = "talks"\n[roles]\n[[noun]]\nid = "x"\nheads = ["x"]\nrequires = [["moon"]]\n',
            "noun.0.requires",
        ),
        ("furniture.toml", "lines = []\nrest = []\ndatelines = []\ninline = []\nodd = 1\n", "odd"),
    ],
)
def test_a_bad_entry_is_named_by_file_and_key(copied, file, text, named):
    """The start stops with the file and the key."""
    (copied / file).write_text(text, encoding="utf-8")
    with pytest.raises(PackBroken, match=Path(file).name) as caught:
        read_pack(copied, language="de")
    assert named in str(caught.value)


def test_a_missing_file_is_named(copied):
    """A pack without a file does not load."""
    (copied / "nouns.toml").unlink()
    with pytest.raises(PackBroken, match=r"nouns\.toml"):
        read_pack(copied, language="de")


def test_the_fingerprint_follows_the_data(copied):
    """Another word, another fingerprint: a result says which data made it."""
    before = read_pack(copied, language="de").fingerprint
    path = copied / "reporting.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"sagen", ', ""), encoding="utf-8")
    assert read_pack(copied, language="de").fingerprint != before
