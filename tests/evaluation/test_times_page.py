"""The figures of the time layer find their place in its page."""

import pytest

from evaluation.times_page import BEGIN, END, HEIDELTIME, write_page

CORPUS = {
    "documents": 2,
    "expressions": 3,
    "depesche": {"strict": 90.0, "relaxed": 91.0, "value": 92.0, "interval": 93.0},
    "dateparser.search": {"strict": 1.0, "relaxed": 2.0, "value": 3.0, "interval": 4.0},
    "characters_a_second": 200_000,
    "dated": 4,
    "answered_by_dateparser": 1,
}
FIGURES = {
    **dict.fromkeys(HEIDELTIME, CORPUS),
    "items": {
        "de expressions": 9,
        "de exact": 8,
        "en expressions": 7,
        "en exact": 6,
        "sentences without a time": 5,
        "false hits in them": 0,
    },
}


def test_figures_replace_what_stood_between_the_marks(tmp_path):
    """What stands around the marks stays."""
    page = tmp_path / "time.md"
    page.write_text(f"before\n{BEGIN}\noutdated\n{END}\nafter\n", encoding="utf-8")
    write_page(page, FIGURES)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "| **Depesche** | 90.0 | 91.0 | 92.0 | 93.0 |" in text
    assert "25 % are normalised by `dateparser.parse`" in text
    assert "outdated" not in text


def test_page_without_marks_is_refused(tmp_path):
    """Figures are never appended somewhere."""
    page = tmp_path / "time.md"
    page.write_text("nothing", encoding="utf-8")
    with pytest.raises(ValueError, match="expected the marks"):
        write_page(page, FIGURES)
