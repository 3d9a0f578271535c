# ruff: noqa: E501 - one sentence of a table stands on one line
"""When an event is, how certain, what became of an offer, who says so and where: wordings of news prose, one a line."""

from datetime import UTC, datetime

import pytest

from schemas import Article
from worker.extraction import Extractor

TIMES = [
    ("de", "Paula Sandner reiste am Montag nach Oslo und sprach mit Präsident Jan Kovarik.", "2025-08-04", "on"),
    ("en", "President Ingrid Solberg will travel to Oslo on Friday and meet Chancellor Tomas Reyl.", "2025-08-08", "on"),
    ("de", "Polen verhandelt seit zwei Wochen mit Ungarn über Gas.", "2025-W30", "since"),
    ("de", "Bürgermeisterin Paula Sandner verhandelt seit einem Jahr mit dem Konzern Nordwerk.", "2024-08", "since"),
    ("en", "Poland has been negotiating with Hungary for three weeks.", "2025-W29", "since"),
    ("en", "Poland negotiated with Hungary for three weeks.", None, None),
    ("en", "Poland has been in talks with Hungary for two months.", "2025-06", "since"),
    ("de", "Polen weigert sich seit Mai, mit Ungarn zu verhandeln.", "2025-05", "since"),
    ("en", "Poland has refused since May to negotiate with Hungary.", "2025-05", "since"),
    ("de", "Einen Tag vor dem Treffen mit Präsident Jan Kovarik hat Kanzlerin Paula Sandner am Dienstag Bedingungen gestellt.", "2025-08-06", "on"),
    ("de", "Zwei Tage nach dem Gipfel von Polen und Ungarn forderte Paula Sandner am Mittwoch mehr Geld.", "2025-08-04", "on"),
    ("en", "A day before a summit between Poland and Hungary, President Ingrid Solberg on Tuesday called for reform.", "2025-08-06", "on"),
    ("de", "Am Rande des Gipfels von Polen und Ungarn forderte Paula Sandner am Montag mehr Geld.", "2025-08-04", "on"),
    ("en", "On the sidelines of a summit between Poland and Hungary, Ingrid Solberg called for reform on Monday.", "2025-08-04", "on"),
    ("de", "Paula Sandner und Jan Kovarik vereinbarten ein Treffen im Juli.", "2026-07", "on"),
    ("de", "Polen und Ungarn vereinbarten ein Treffen am Mittwoch.", "2025-08-13", "on"),
    ("de", "Polen und Ungarn haben vereinbart, sich am Dienstag zu treffen.", "2025-08-12", "on"),
    ("en", "Poland and Hungary agreed to hold talks on Tuesday.", "2025-08-12", "on"),
    ("en", "President Ingrid Solberg invited Chancellor Tomas Reyl for talks on Tuesday.", "2025-08-12", "on"),
    ("en", "The ministers of Poland and Hungary met on Tuesday.", "2025-08-05", "on"),
    ("de", "Nachdem sich Paula Sandner und Jan Kovarik getroffen hatten, flog der Minister am Dienstag nach Berlin.", "2025-08-05", "before"),
    ("de", "Zuletzt kam es zu Gesprächen zwischen Polen und Ungarn.", "PAST_REF", "before"),
    ("de", "Ministerin Paula Sandner sagte am Montag, sie sei zu Gesprächen mit Ungarn bereit.", "2025-08-04", "on"),
    ("en", "Poland said on Monday it was ready to hold talks with Hungary.", "2025-08-04", "on"),
    ("de", "Polen und Ungarn wollen wieder verhandeln. Die Gespräche zwischen beiden Ländern sind wichtig. Sie beginnen am Montag in Oslo.", "2025-08-11", "on"),
    ("de", "Polen und Ungarn planen ein Treffen der Außenminister. Es soll am Montag in Oslo stattfinden.", "2025-08-11", "on"),
    ("en", "Poland and Hungary are planning a meeting of their foreign ministers. It will take place on Monday in Oslo.", "2025-08-11", "on"),
    ("de", "Paula Sandner bestätigte am Montag, dass Gespräche zwischen Polen und Ungarn im Gange seien.", "2025-08-04", "about"),
    ("de", "Ein Sprecher kündigte am Mittwoch ein Treffen zwischen Polen und Ungarn für Sonntag an.", "2025-08-10", "on"),
    ("en", "A spokesman on Wednesday announced a meeting between Poland and Hungary for Sunday.", "2025-08-10", "on"),
    ("en", "A meeting between Poland and Hungary is scheduled for Sept. 3.", "2025-09-03", "on"),
    ("de", "Das für September geplante Treffen zwischen Polen und Ungarn wurde am Mittwoch abgesagt.", "2025-09", "on"),
    ("de", "Bereits im Mai hatte sich Paula Sandner mit Jan Kovarik getroffen.", "2025-05", "on"),
    ("de", "Ende der Woche trifft Paula Sandner den Präsidenten Jan Kovarik in Oslo.", "2025-W32", "on"),
    ("en", "President Ingrid Solberg is to meet Chancellor Tomas Reyl next Tuesday.", "2025-08-12", "on"),
    ("en", "President Ingrid Solberg will travel to Oslo on Sunday to meet Chancellor Tomas Reyl.", "2025-08-10", "on"),
    ("de", "Der Konzern Nordwerk hat dem Rivalen Lumitron im Juli ein Angebot vorgelegt.", "2025-07", "on"),
]  # fmt: skip

CERTAINTY = [
    ("en", "President Ingrid Solberg might meet Chancellor Tomas Reyl on Friday.", "possible"),
    ("en", "President Ingrid Solberg is considering a meeting with Chancellor Tomas Reyl.", "possible"),
    ("en", "President Ingrid Solberg is said to have met Chancellor Tomas Reyl in Oslo.", "reported"),
    ("en", "President Ingrid Solberg is believed to have met Chancellor Tomas Reyl.", "reported"),
    ("en", "President Ingrid Solberg reportedly met Chancellor Tomas Reyl in Oslo.", "reported"),
    ("en", "President Ingrid Solberg is expected to meet Chancellor Tomas Reyl on Friday.", "planned"),
    ("en", "President Ingrid Solberg is due to meet Chancellor Tomas Reyl on Friday.", "planned"),
    ("en", "President Ingrid Solberg plans to meet Chancellor Tomas Reyl.", "planned"),
    ("en", "President Ingrid Solberg refused to meet Chancellor Tomas Reyl.", "denied"),
    ("en", "President Ingrid Solberg did not meet Chancellor Tomas Reyl.", "denied"),
    ("en", "President Ingrid Solberg denied having met Chancellor Tomas Reyl.", "denied"),
    ("en", "A meeting between Ingrid Solberg and Tomas Reyl is unlikely.", "possible"),
    ("en", "Talks between Poland and Hungary were put on hold.", "cancelled"),
    ("en", "Talks between Poland and Hungary have collapsed.", "cancelled"),
    ("en", "Poland has put talks with Hungary on ice.", "cancelled"),
    ("en", "Poland threatened to break off talks with Hungary.", "asserted"),
    ("en", "Poland called for Hungary to be excluded from the talks with Slovakia.", "asserted"),
    ("en", "Poland urged Hungary to return to the negotiating table for talks with Slovakia.", "requested"),
    ("en", "Poland called for talks with Hungary.", "requested"),
    ("en", "If Poland meets Hungary's conditions, the ministers of the two countries could hold talks in Oslo.", "possible"),
    ("en", "Poland would hold talks with Hungary only if the border were open.", "possible"),
    ("en", "President Ingrid Solberg will probably meet Chancellor Tomas Reyl on Friday.", "possible"),
    ("en", "Poland hopes to hold talks with Hungary next week.", "possible"),
    ("en", "Poland wants to hold talks with Hungary next week.", "planned"),
    ("en", "President Ingrid Solberg had planned to meet Chancellor Tomas Reyl, but the meeting was postponed.", "cancelled"),
    ("en", "A meeting between Ingrid Solberg and Tomas Reyl was under consideration.", "possible"),
    ("en", "There are no plans for talks between Poland and Hungary.", "denied"),
    ("en", "Poland has ruled out talks with Hungary.", "denied"),
    ("en", "Poland has not ruled out talks with Hungary.", "possible"),
    ("en", "Talks between Poland and Hungary could resume next week.", "possible"),
    ("en", "Talks between Poland and Hungary are set to resume on Monday.", "planned"),
    ("en", "Talks between Poland and Hungary resumed on Monday.", "asserted"),
    ("de", "Wahrscheinlich wird Paula Sandner Präsident Jan Kovarik am Freitag treffen.", "possible"),
    ("de", "Möglicherweise wird Paula Sandner Präsident Jan Kovarik am Freitag treffen.", "possible"),
    ("de", "Paula Sandner wird Präsident Jan Kovarik voraussichtlich am Freitag treffen.", "planned"),
    ("de", "Im Gespräch ist ein Treffen zwischen Paula Sandner und Jan Kovarik.", "possible"),
    ("de", "Ein Treffen zwischen Paula Sandner und Jan Kovarik ist im Gespräch.", "possible"),
    ("de", "Die Gespräche zwischen Polen und Ungarn liegen auf Eis.", "cancelled"),
    ("de", "Polen hat die Gespräche mit Ungarn auf Eis gelegt.", "cancelled"),
    ("de", "Das Treffen zwischen Paula Sandner und Jan Kovarik ist vom Tisch.", "cancelled"),
    ("de", "Die Verhandlungen zwischen Polen und Ungarn sind geplatzt.", "cancelled"),
    ("de", "Polen droht, die Verhandlungen mit Ungarn abzubrechen.", "asserted"),
    ("de", "Polen drohte mit dem Abbruch der Verhandlungen mit Ungarn.", "asserted"),
    ("de", "Polen forderte, Ungarn von den Gesprächen mit der Slowakei auszuschließen.", "asserted"),
    ("de", "Polen forderte Ungarn auf, an den Verhandlungstisch mit der Slowakei zurückzukehren.", "requested"),
    ("de", "Es wird keine Gespräche mit Ungarn geben, sagte Polens Minister Karl Brenner.", "denied"),
    ("de", "Paula Sandner lehnt es ab, mit Jan Kovarik zu sprechen.", "denied"),
    ("de", "Paula Sandner schließt ein Treffen mit Jan Kovarik nicht aus.", "possible"),
    ("de", "Ein Treffen zwischen Paula Sandner und Jan Kovarik kam nicht zustande.", "denied"),
    ("de", "Ein Treffen zwischen Paula Sandner und Jan Kovarik wird geprüft.", "possible"),
    ("de", "Sollte es zu Gesprächen zwischen Polen und Ungarn kommen, wäre das ein Erfolg.", "possible"),
    ("de", "Paula Sandner will sich mit Jan Kovarik treffen.", "planned"),
    ("de", "Paula Sandner würde sich gerne mit Jan Kovarik treffen.", "possible"),
    ("de", "Paula Sandner hat sich angeblich mit Jan Kovarik getroffen.", "reported"),
    ("de", "Paula Sandner traf offenbar Präsident Jan Kovarik in Oslo.", "reported"),
    ("de", "Dem Vernehmen nach trafen sich Paula Sandner und Jan Kovarik in Oslo.", "reported"),
    ("de", "Paula Sandner forderte die Arbeitgeber auf, ein Angebot vorzulegen.", "requested"),
    ("de", "Präsident Jan Kovarik bat Polen, Ungarn Hilfe anzubieten.", "requested"),
    ("de", "Paula Sandner forderte, dass Polen der Slowakei Hilfe anbietet.", "requested"),
    ("de", "Die Gewerkschaft Solidar verlangte ein Angebot der Nordwerk AG.", "requested"),
    ("de", "Polen lud Ungarn zu Gesprächen ein.", "requested"),
    ("de", "Paula Sandner und Jan Kovarik trafen sich am Montag in Oslo. Polen war zu keinem der Treffen eingeladen.", "asserted"),
    ("de", "Ein Treffen von Paula Sandner mit Jan Kovarik wollte der Sprecher weder bestätigen noch dementieren.", "possible"),
    ("en", "Nordhaven Inc. said it may purchase more stock or make an offer to Lumitron Systems.", "possible"),
    ("en", "President Ingrid Solberg will travel to Oslo on Friday and meet Chancellor Tomas Reyl.", "planned"),
    ("en", "President Ingrid Solberg plans to travel to Oslo and meet Chancellor Tomas Reyl.", "planned"),
    ("en", "President Ingrid Solberg travelled to Oslo and met Chancellor Tomas Reyl.", "asserted"),
    ("de", "Nach dem Treffen von Paula Sandner mit Jan Kovarik in Oslo wollte der Sprecher Berichte über einen Rücktritt weder bestätigen noch dementieren.", "asserted"),
    ("en", "The palace neither confirmed nor denied a meeting between Ingrid Solberg and Tomas Reyl.", "possible"),
    ("en", "The union urged Nordhaven Inc. to make an offer.", "requested"),
    ("en", "The union demanded an offer from Nordhaven Inc.", "requested"),
    ("en", "Poland asked Hungary to offer help to Slovakia.", "requested"),
]  # fmt: skip

STAGES = [
    ("de", "Die Nordwerk hat der Lumitron ein Übernahmeangebot vorgelegt, das diese ablehnte.", "rejected"),
    ("de", "Polen bot Ungarn Hilfe an, was Budapest zurückwies.", "rejected"),
    ("de", "Polen bot Ungarn Hilfe an. Budapest lehnte das ab.", "rejected"),
    ("de", "Polen bot Ungarn Hilfe an. Das Angebot wurde angenommen.", "accepted"),
    ("en", "Poland offered Hungary aid, and Budapest accepted.", "accepted"),
    ("en", "Poland offered Hungary aid, which Budapest rejected.", "rejected"),
    ("en", "Poland offered Hungary aid. Budapest turned it down.", "rejected"),
    ("en", "Nordhaven Inc. made a bid for Lumitron, but the company rejected it.", "rejected"),
    ("en", "Nordhaven Inc. raised its bid for Lumitron to $3 billion.", "renewed"),
    ("en", "Nordhaven Inc. withdrew its bid for Lumitron.", "withdrawn"),
    ("en", "Poland said it was ready to hold talks with Hungary.", "willingness_declared"),
]  # fmt: skip

VOICES = [
    ("de", "Paula Sandner hat Präsident Jan Kovarik getroffen. Das berichtet die Zeitung „Der Bote“ unter Berufung auf den Diplomaten Karl Brenner.", {"Der Bote", "Karl Brenner"}),
    ("de", "Die Nordwerk AG hat der Lumitron AG nach eigenen Angaben ein Angebot vorgelegt.", {"Nordwerk AG"}),
    ("de", "Der Minister Karl Brenner bot Polen nach dessen Angaben Hilfe an.", {"Polen"}),
    ("de", "Außenministerin Paula Sandner hat Ungarn ihre Bereitschaft zu Gesprächen erklärt.", {"Paula Sandner"}),
    ("de", "Parteichefin Paula Sandner warf den Arbeitgebern vor, der Gewerkschaft ein Angebot von zwei Prozent vorgelegt zu haben.", {"Paula Sandner"}),
    ("en", "Poland and Hungary held talks in Oslo, according to the newspaper Al Bote.", {"Al Bote"}),
    ("en", "Poland and Hungary held talks in Oslo, the foreign ministry said.", {"foreign ministry"}),
    ("en", "Poland and Hungary held talks in Oslo, Reuters reported, citing officials.", {"Reuters", "officials"}),
    ("de", "Polen und Ungarn hätten in Oslo verhandelt, sagte Minister Karl Brenner. Die Gespräche zwischen Polen und Ungarn seien schwierig gewesen.", {"Karl Brenner"}),
    ("de", "Minister Karl Brenner gab sich zuversichtlich. Polen und Ungarn hätten gut verhandelt. Am Montag habe es ein Treffen zwischen Paula Sandner und Jan Kovarik gegeben.", {"Karl Brenner"}),
    ("de", "Einem Bericht des „Spiegel“ zufolge verhandelt die Volta AG mit der Nordwerk AG.", {"Spiegel"}),
    ("de", 'Die Volta AG verhandelt laut einem Bericht der "Financial Times" mit der Nordwerk AG.', {"Financial Times"}),
    ("de", 'Laut "Bild" hat sich Kanzlerin Paula Sandner mit Präsident Jan Kovarik getroffen.', {"Bild"}),
    ("de", "Laut einem Bericht der Zeitung „Der Bote“ hat sich Kanzlerin Paula Sandner mit Präsident Jan Kovarik getroffen.", {"Der Bote"}),
    ("en", "Volta Inc. is in talks with Nordwerk Corp., according to a report in the Financial Times.", {"Financial Times"}),
    ("en", "Chancellor Anna Berg met President Jan Kos in Oslo, according to a report by Reuters.", {"Reuters"}),
    ("en", "According to a report in Berlin, Chancellor Anna Berg met President Jan Kos in Oslo.", set()),
    ("de", "Wie das Büro von Paula Sandner mitteilte, traf sie Präsident Jan Kovarik.", {"Büro von Paula Sandner"}),
    ("de", "Aus dem Außenministerium hieß es, Polen und Ungarn hätten verhandelt.", {"Außenministerium"}),
]  # fmt: skip

PLACES = [
    ("de", "Polen und Ungarn planen ein Treffen der Außenminister. Es soll am Montag in Oslo stattfinden.", "Oslo"),
    ("en", "Poland and Hungary are planning a meeting of their foreign ministers. It will take place on Monday in Oslo.", "Oslo"),
    ("de", "Paula Sandner traf Präsident Jan Kovarik auf der Insel Musterau.", "Musterau"),
    ("en", "President Ingrid Solberg met Chancellor Tomas Reyl in Oslo on Monday.", "Oslo"),
    ("en", "President Ingrid Solberg will travel to Oslo on Sunday to meet Chancellor Tomas Reyl.", "Oslo"),
    ("en", "President Ingrid Solberg will travel to Oslo on Sunday and meet Chancellor Tomas Reyl.", "Oslo"),
    ("de", "Paula Sandner reist am Freitag nach Oslo und trifft dann Präsident Jan Kovarik.", "Oslo"),
    ("en", "President Ingrid Solberg arrived in Oslo for talks with Chancellor Tomas Reyl.", "Oslo"),
    ("en", "Poland and Hungary held talks near Geneva.", "Geneva"),
    ("en", "The Oslo talks between Poland and Hungary ended.", "Oslo"),
    ("de", "Die Gespräche zwischen Polen und Ungarn in Genf wurden unterbrochen.", "Genf"),
    ("de", "Bei seinem Besuch in Warschau traf Jan Kovarik am Montag Präsidentin Paula Sandner.", "Warschau"),
    ("de", "Jan Kovarik sprach mit Paula Sandner über die Lage in Syrien.", None),
    ("en", "Jan Kovarik discussed the situation in Syria with President Ingrid Solberg.", None),
    ("de", "Das Treffen von Paula Sandner mit Jan Kovarik im Bundeskanzleramt dauerte eine Stunde.", "Bundeskanzleramt"),
]  # fmt: skip


def _one_line(table):
    return {"argvalues": table, "ids": [row[1][:60] for row in table]}


@pytest.mark.parametrize(("language", "text", "value", "relation"), **_one_line(TIMES))
def test_an_event_is_dated_by_its_clause(extract, language, text, value, relation):
    """Some event of the text has this time; None where only something else is dated."""
    times = [
        (event.time.value, event.time.relation) if event.time else (None, None) for event in extract(text, language)
    ]
    assert (value, relation) in times


@pytest.mark.parametrize(("language", "text", "factuality"), **_one_line(CERTAINTY))
def test_an_event_is_as_certain_as_its_clause_says(extract, language, text, factuality):
    """Some event of the text is that certain."""
    assert factuality in [event.factuality for event in extract(text, language)]


@pytest.mark.parametrize(("language", "text", "stage"), **_one_line(STAGES))
def test_an_offer_stands_as_its_answer_says(extract, language, text, stage):
    """Some offer of the text has that stage."""
    assert stage in [event.stage for event in extract(text, language)]


@pytest.mark.parametrize(("language", "text", "names"), **_one_line(VOICES))
def test_an_event_is_vouched_for_by_who_says_so(extract, language, text, names):
    """Some event of the text has exactly these sources."""
    assert names in [{source.name for source in event.sources} for event in extract(text, language)]


@pytest.mark.parametrize(("language", "text", "place"), **_one_line(PLACES))
def test_an_event_takes_place_where_its_clause_says(extract, language, text, place):
    """Some event of the text takes place there; None where only its topic has a place."""
    assert place in [event.place.name if event.place else None for event in extract(text, language)]


@pytest.mark.parametrize(("hour", "factuality"), [(9, "planned"), (15, "asserted")])
def test_a_clock_time_to_come_on_the_same_day_is_planned(hour, factuality):
    """In the present tense only the clock tells, where the hour of the publication is known."""
    extractor = Extractor(clock=lambda: datetime.now(UTC), model="small")
    text = "Präsidentin Paula Sandner empfängt am Donnerstag um 11 Uhr den Minister Jan Kovarik."
    [event] = extractor.extract(
        Article(text=text, language="de", published=datetime(2025, 8, 7, hour, 30, tzinfo=UTC))
    ).events
    assert event.factuality == factuality
