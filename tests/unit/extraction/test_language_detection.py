"""German, English, or refused."""

import pytest

from worker.extraction.errors import LanguageUnsupported
from worker.extraction.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Minister hat sich mit der Kanzlerin in Oslo getroffen und über Gas gesprochen.", "de"),
        ("The minister met the chancellor in Oslo and they talked about gas.", "en"),
        ("Treffen in Oslo: Die Minister beraten über die Lage", "de"),
        ("Am Dienstag traf Nora Feldt in Bern Luca Arnaud.", "de"),
        ("Nora Feldt met Luca Arnaud in Bern on Tuesday.", "en"),
    ],
)
def test_supported_languages_are_detected(text, language):
    """Function words tell German from English."""
    assert detect_language(text).language == language


@pytest.mark.parametrize(
    "text",
    [
        "Le ministre a rencontré la chancelière à Oslo et ils ont parlé du gaz avec les autres pour une heure.",
        "El ministro se reunió con la canciller en Oslo y hablaron sobre el gas con los otros por la tarde.",
        "De minister heeft de kanselier in Oslo ontmoet en zij spraken over het gas met een van de anderen.",
        "Министр встретился с канцлером в Осло, и они говорили о газе.",
        "外相は火曜日にオスロで首相と会談し、ガスについて話し合った。",
    ],
    ids=["fr", "es", "nl", "ru", "ja"],
)
def test_other_languages_are_refused(text):
    """A clear other language is an Invalid error with its stable code."""
    with pytest.raises(LanguageUnsupported) as caught:
        detect_language(text)
    assert caught.value.code == "language_unsupported"
    assert caught.value.family == "invalid"


@pytest.mark.parametrize("text", ["42", "🙂🙂", "...", "Oslo"])
def test_a_text_that_does_not_tell_is_unsure(text):
    """Without evidence the first language is taken, and said to be unsure."""
    found = detect_language(text)
    assert found.language == "de"
    assert not found.is_sure
