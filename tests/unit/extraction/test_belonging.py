"""Whether a person speaks for a party, by the words of the office."""

import pytest

from worker.extraction.document import Entity
from worker.extraction.steps.other_side import _belongs_to


@pytest.mark.parametrize(
    ("office", "party", "belongs"),
    [
        ("Vorsitzender der Grünen", "Grüne", True),
        ("Grünen-Chef", "Grüne", True),
        ("SPD-Chefin", "SPD", True),
        ("Chef der Volta AG", "Volta AG", True),
        ("Agrarminister", "Volta AG", False),
        ("Mitglied", "Lied", False),
        (None, "SPD", False),
    ],
)
def test_office_names_the_party(office, party, belongs):
    """Its name begins a word there; a short one is a word."""
    person = Entity("person:probe", "Karl Probe", "person", descriptor=office)
    assert _belongs_to(person, Entity("organization:x", party, "organization")) is belongs
