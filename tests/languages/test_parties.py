# ruff: noqa: E501 - one sentence of a table stands on one line
"""Who takes part: lists, appositions, offices, pronouns and pairs, read by the accurate pipeline."""

from datetime import UTC, date, datetime

import pytest

from schemas import Article
from worker.extraction import Extractor

PARTIES = [
    ("de", "Bundeskanzler Merz trifft am Freitag in Berlin den polnischen Regierungschef Tusk.", {"Merz": "participant", "Tusk": "participant"}),
    ("de", "Am Montag traf Merz Macron.", {"Merz": "participant", "Macron": "participant"}),
    ("de", "Am Freitag könnte sich Präsident Robert Stadler mit dem Leiter der Werft, Luis Ferrand, treffen.", {"Robert Stadler": "participant", "Luis Ferrand": "participant"}),
    ("de", "Im Mai hatte Feldt ihre Bereitschaft bekundet, den USA Hilfe beim Bau von Windparks anzubieten.", {"Feldt": "offerer", "USA": "addressee"}),
    ("de", "Am Montag traf Lena Holt Präsident Kay.", {"Lena Holt": "participant", "Kay": "participant"}),
    ("de", "Am Gipfel nahmen neben Gastgeber Finnland auch Schweden und Norwegen teil.", {"Finnland": "participant", "Schweden": "participant", "Norwegen": "participant"}),
    ("de", "Der Bund bot den Ländern am Montag mehr Geld an.", {"Bund": "offerer", "Länder": "addressee"}),
    ("de", "Anna Muster trifft am 10. und 11. September Präsident Jan Beispiel in Rom.", {"Anna Muster": "participant", "Jan Beispiel": "participant"}),
    ("de", "Das Treffen von Biden und Xi wurde abgesagt.", {"Biden": "participant", "Xi": "participant"}),
    ("de", "Am Montag traf Lind Präsident Kemal Aydin.", {"Lind": "participant", "Kemal Aydin": "participant"}),
    ("de", "Der Volta-Konzern hatte im Mai eine Kürzung der Arbeitszeit angeboten.", {"Volta-Konzern": "offerer"}),
    ("de", "Norwegen hat im Mai eine Verlängerung des Abkommens angeboten.", {"Norwegen": "offerer"}),
    ("de", "Der Volta-Konzern hatte zuletzt vier Prozent mehr Lohn angeboten.", {"Volta-Konzern": "offerer"}),
    ("de", "Der Türkei wurde Hilfe angeboten.", {"Türkei": "addressee"}),
    ("de", "Russland bot Italien an, Gas zu liefern.", {"Russland": "offerer", "Italien": "addressee"}),
    ("de", "Kanzlerin Lang bot Frankreich Hilfe an.", {"Lang": "offerer", "Frankreich": "addressee"}),
    ("de", "Die Grünen und die SPÖ verhandeln seit Montag über eine Koalition.", {"Grüne": "participant", "SPÖ": "participant"}),
    ("de", "Der Junge Verband (JV) verlangt Gehör. Am Freitag traf sich der JV mit Landeshauptmann Peter Huber.", {"Junger Verband": "participant", "Peter Huber": "participant"}),
    ("de", "Die Außenministerin Anna Berger, ihr Kollege Jan Nowak und der Däne Lars Holm berieten am Sonntag in Kopenhagen.", {"Anna Berger": "participant", "Jan Nowak": "participant", "Lars Holm": "participant"}),
    ("de", "Volta und Nordstrom sprechen seit Wochen über eine Fusion. Die Verhandlungen beider Unternehmen stehen vor dem Abschluss.", {"Volta": "participant", "Nordstrom": "participant"}),
    ("de", "Ann Cole und Bob Reed flogen am Montag nach Rom. Sie führten Gespräche mit Papst Leo.", {"Ann Cole": "participant", "Bob Reed": "participant", "Leo": "participant"}),
    ("de", "Die Rebellen erklärten, sie wollten mit Präsident Musa Bello verhandeln.", {"Rebellen": "participant", "Musa Bello": "participant"}),
    ("de", "Außenminister Lauterwald verhandelte in Wien mit Vertretern von zwölf afrikanischen Staaten.", {"Lauterwald": "participant", "Vertreter von zwölf afrikanischen Staaten": "participant"}),
    ("de", "Die Minister der Europäischen Union beraten am Dienstag in Brüssel über den Haushalt.", {"Minister der Europäischen Union": "participant"}),
    ("de", "Italiens Ministerpräsidentin Giorgia Meloni könnte in Kürze nach Tripolis reisen, um dort mit Regierungschef Dbeibah zu sprechen.", {"Giorgia Meloni": "participant", "Dbeibah": "participant"}),
    ("en", "President Adaeze Falode met her Nigerian counterpart, Samuel Okafor-Bright, in Accra on Monday.", {"Adaeze Falode": "participant", "Samuel Okafor-Bright": "participant"}),
    ("en", "Foreign minister Elena Hartwig held talks with her Nigerian counterpart, Samuel Okafor-Bright.", {"Elena Hartwig": "participant", "Samuel Okafor-Bright": "participant"}),
    ("en", "The ministers praised their talks with Chad.", {"ministers": "participant", "Chad": "participant"}),
    ("en", "Ann Cole and Bob Reed flew to Rome on Monday. They met King Olav.", {"Ann Cole": "participant", "Bob Reed": "participant", "Olav": "participant"}),
    ("de", "Die Gewerkschaften Metallbund und Solidar fordern mehr Lohn. Am Montag verhandelte der Konzern Volta mit den Gewerkschaften.", {"Volta": "participant", "Metallbund": "participant", "Solidar": "participant"}),
    ("de", "Der Präsident hat sich mit der Kanzlerin getroffen.", {"Präsident": "participant", "Kanzlerin": "participant"}),
    ("de", "Der Kanzler wird am Donnerstag von Papst Johannes in Rom empfangen.", {"Kanzler": "visitor", "Johannes": "host"}),
    ("de", "Verteidigungsminister Gutenfels stattete am Montag den in Mali stationierten deutschen Truppen einen Besuch ab.", {"Gutenfels": "visitor", "deutsche Truppen": "host"}),
    ("de", "Das Treffen der Außenminister mit zwölf asiatischen Amtskollegen findet am Montag in Genf statt.", {"Außenminister": "participant", "zwölf asiatische Amtskollegen": "participant"}),
    ("de", "Zwischen dem Konzern Volta und der Gewerkschaft Metallbund gibt es seit Montag Verhandlungen.", {"Volta": "participant", "Metallbund": "participant"}),
    ("de", "Kanzlerin Ida Bauer traf ihre Amtskollegen aus Frankreich, Italien und Spanien in Rom.", {"Ida Bauer": "participant", "Frankreich": "participant", "Italien": "participant", "Spanien": "participant"}),
    ("en", "A meeting of foreign ministers from Kenya, Uganda and Tanzania took place in Nairobi on Monday.", {"Kenya": "participant", "Uganda": "participant", "Tanzania": "participant"}),
    ("en", "Nordhaven Inc. said it dropped its offer to buy Lumitron Systems.", {"Nordhaven Inc.": "offerer", "Lumitron Systems": "addressee"}),
    ("en", "Britain, France and Germany offered Iran economic help.", {"Britain": "offerer", "France": "offerer", "Germany": "offerer", "Iran": "addressee"}),
    ("en", "Talks with union leaders were held by Prime Minister Jane Holt in London.", {"union leaders": "participant", "Jane Holt": "participant"}),
    ("de", "Die Regierungschefs der Niederlande und Belgiens, Jan Beispiel und Anna Muster, trafen sich am Montag in Gent.", {"Jan Beispiel": "participant", "Anna Muster": "participant"}),
    ("de", "Minister Jan Beispiel traf am Montag Anna Muster in Rom. Die beiden sprachen auch über Gas.", {"Jan Beispiel": "participant", "Anna Muster": "participant"}),
    ("de", "Am Montag findet in Rom ein Gipfel der Minister statt. Teilnehmen werden auch Polen und Ungarn.", {"Minister": "participant", "Polen": "participant", "Ungarn": "participant"}),
    ("de", "Präsident Jan Beispiel stattete Polen am Montag einen Besuch ab. Begleitet wurde Beispiel von Minister Karl Probe.", {"Jan Beispiel": "visitor", "Polen": "host", "Karl Probe": "visitor"}),
    ("de", "Nach einem Gespräch mit Präsidentin Anna Muster kündigte Minister Jan Beispiel am Montag neue Hilfen an.", {"Anna Muster": "participant", "Jan Beispiel": "participant"}),
    ("de", "Bei einem Treffen der Außenminister in Rom forderte Jan Beispiel am Montag mehr Hilfe.", {"Außenminister": "participant", "Jan Beispiel": "participant"}),
    ("de", "Den Vorschlag lehnen die Gewerkschaften ver.di und IG Metall ab. Am Montag verhandelte der Konzern Volta mit den Gewerkschaften.", {"Volta": "participant", "ver.di": "participant", "IG Metall": "participant"}),
    ("de", "Das Außenministertreffen findet am Freitag in Wien statt.", {"Außenminister": "participant"}),
    ("de", "Polen verhandelt mit den Niederlanden, den USA und den Vereinigten Arabischen Emiraten.", {"Polen": "participant", "Niederlande": "participant", "USA": "participant", "Vereinigte Arabische Emirate": "participant"}),
    ("de", "Der Konzern Volta verhandelt mit der Deutschen Bank und dem Roten Kreuz.", {"Volta": "participant", "Deutsche Bank": "participant", "Rotes Kreuz": "participant"}),
    ("de", "Hilfe haben auch die Vereinigten Staaten, Japan und Polen angeboten.", {"Vereinigte Staaten": "offerer", "Japan": "offerer", "Polen": "offerer"}),
    ("de", "Der Bote meldete, dem Generalsekretär der Liga, Karl Probe, sei das Amt angeboten worden.", {"Karl Probe": "addressee"}),
    ("de", "Der Vorstand von Volta nannte die Offerte des Konzerns Nordstrom zu niedrig.", {"Nordstrom": "offerer"}),
    ("en", "Ann Cole and Bob Reed held talks in Rome on Monday. The two men will meet King Olav on Friday.", {"Ann Cole": "participant", "Bob Reed": "participant"}),
    ("en", "Secretary of State Ann Cole held talks with President Bob Reed.", {"Ann Cole": "participant", "Bob Reed": "participant"}),
    ("de", "Die Gemeinde Auberg wehrt sich seit Jahren gegen den Lärm. Am Montag verhandelte der Konzern Volta mit der Gemeinde über den Bau.", {"Volta": "participant", "Auberg": "participant"}),
    ("de", "Der Hohe Beauftragte des Bundes für Außen- und Sicherheitspolitik, Jan Solter, traf am Montag Präsident Kay.", {"Jan Solter": "participant", "Kay": "participant"}),
    ("de", "Der Beauftragte für den Hafen, Lars Petersen, sagte am Montag Hilfe zu.", {"Lars Petersen": "offerer"}),
    ("de", "Das Treffen zwischen Anna Berger und Kemal Aydin wird vom Ministerium vorbereitet.", {"Anna Berger": "participant", "Kemal Aydin": "participant", "Ministerium": "organizer"}),
    ("de", "Die Verhandlungen zwischen Mali und Niger begannen am Montag unter der Schirmherrschaft der Vereinten Nationen.", {"Mali": "participant", "Niger": "participant", "Vereinte Nationen": "organizer"}),
    ("de", "Die Verhandlungen zwischen Mali und Niger begannen am Montag unter UN-Vermittlung.", {"Mali": "participant", "Niger": "participant", "UN": "mediator"}),
    ("de", "Die Verhandlungen mit dem Konzern Volta wurden am Montag von der Gewerkschaft Metallbund abgebrochen.", {"Volta": "participant", "Metallbund": "participant"}),
    ("de", "Das Gipfeltreffen der Minister findet am Montag in Riga statt. Gastgeber ist Präsident Egil Rinke.", {"Minister": "participant", "Egil Rinke": "host"}),
    ("de", "Das Gipfeltreffen der Minister findet am Montag in Genf statt. Mit Kenia und Tansania nehmen zwei neue Mitglieder teil.", {"Minister": "participant", "Kenia": "participant", "Tansania": "participant"}),
    ("de", "Kanzlerin Ida Lind flog am Montag nach Rom. Nach einem Gespräch mit Präsident Kemal Aydin sagte sie, die Lage sei ernst.", {"Kemal Aydin": "participant", "Ida Lind": "participant"}),
    ("en", "Talks between Mali and Niger mediated by Qatar began on Monday in Doha.", {"Mali": "participant", "Niger": "participant", "Qatar": "mediator"}),
    ("en", "Talks between Mali and Niger began in Geneva on Monday under the auspices of the United Nations.", {"Mali": "participant", "Niger": "participant", "United Nations": "organizer"}),
    ("de", "Das Treffen norwegischer Verteidigungsminister beginnt am Montag in Rom.", {"norwegische Verteidigungsminister": "participant"}),
    ("de", "General Olav Rund befindet sich zu einem Besuch norwegischer Armeeangehöriger in Mali.", {"norwegische Armeeangehörige": "host", "Olav Rund": "visitor"}),
    ("de", "Die Verhandlungen über den Haushalt sind am Montag gescheitert. Der Konzern Volta und die Gewerkschaft Metallbund konnten sich nicht einigen.", {"Volta": "participant", "Metallbund": "participant"}),
    ("de", "Die Verhandlungen mit Island über einen Beitritt zur NATO beginnen am Montag.", {"Island": "participant", "NATO": "participant"}),
    ("de", "Nach dem Treffen der Finanzminister in Rom sagte Minister Jan Beispiel am Montag, man sei sich einig.", {"Finanzminister": "participant", "Jan Beispiel": "participant"}),
    ("de", "Nach dem Treffen der Finanzminister in Rom sagte Regierungssprecher Jan Beispiel am Montag, man sei sich einig.", {"Finanzminister": "participant"}),
    ("de", "Der norwegische Minister Lars Holm sagte am Montag, Norwegen biete Mali Hilfe an.", {"Norwegen": "offerer", "Mali": "addressee", "Lars Holm": "offerer"}),
    ("en", "The talks in Geneva ended on Monday. Volta Corp. and the Metal Union agreed on a plan.", {"Volta Corp.": "participant", "Metal Union": "participant"}),
    ("de", "Gewerkschaftschefin Anna Muster forderte die Nordwerk AG auf, ein Angebot zu machen.", {"Nordwerk AG": "offerer"}),
    ("de", "Präsident Jan Beispiel war am Montag in Rom. Ministerin Anna Muster bat ihn, Polen Hilfe anzubieten.", {"Jan Beispiel": "offerer", "Polen": "addressee"}),
    ("de", "Die Gewerkschaft Solidar forderte ein verbessertes Angebot der Arbeitgeber.", {"Arbeitgeber": "offerer"}),
    ("de", "Der Verband warf der Nordwerk AG vor, kein Angebot gemacht zu haben.", {"Nordwerk AG": "offerer"}),
    ("en", "Chancellor Anna Berg and Polish President Jan Kos will meet in Krakow, Poland, on Friday, the government said.", {"Anna Berg": "participant", "Jan Kos": "participant"}),
    ("de", 'Der Konzern "Volta" verhandelt mit der Gewerkschaft "Solidar" über mehr Lohn.', {"Volta": "participant", "Solidar": "participant"}),
    ("de", "Die Volta AG verhandelt laut einem Bericht der „Financial Times“ mit der Nordwerk AG.", {"Volta AG": "participant", "Nordwerk AG": "participant"}),
    ("de", "Für Montag ist in Rom ein Treffen der Minister der Allianz angesetzt, an dem auch Präsident Jan Beispiel teilnimmt.", {"Minister der Allianz": "participant", "Jan Beispiel": "participant"}),
    ("de", "Kanzlerin Anna Muster telefonierte am Montag mit König Karl. Für Dienstag ist ein Treffen der Minister angesetzt, an dem Jan Beispiel teilnimmt.", {"Anna Muster": "participant", "Karl": "participant"}),
    ("de", "Omans Präsident, Scheich Mohammed bin Rashid Al Hakim, hat sich in Rom mit Präsident Jan Kovarik getroffen.", {"Mohammed bin Rashid Al Hakim": "participant", "Jan Kovarik": "participant"}),
    ("en", "Hungary's prime minister, Sheikh Ali bin Salem Al Muster, met President Anna Beispiel in Rom on Monday.", {"Ali bin Salem Al Muster": "participant", "Anna Beispiel": "participant"}),
    ("de", "Kanzler Karl Lind traf in Rom Präsident Kemal Aydin.", {"Karl Lind": "participant", "Kemal Aydin": "participant"}),
    ("de", "Präsidentin Anna Berg empfängt am Samstag unter anderem Kanzler Karl Lind und Minister Jan Beispiel.", {"Anna Berg": "host", "Karl Lind": "visitor", "Jan Beispiel": "visitor"}),
    ("de", "Präsidentin Anna Berg flog am Montag nach Rom und traf Kanzler Karl Lind.", {"Anna Berg": "participant", "Karl Lind": "participant"}),
    ("en", "President Anna Berg flew to Rome on Monday and met Chancellor Karl Lind.", {"Anna Berg": "participant", "Karl Lind": "participant"}),
    ("de", "Anna Muster bat Minister Karl Lind um ein Gespräch.", {"Anna Muster": "participant", "Karl Lind": "participant"}),
    ("de", "Der Stadtrat von Musterau hat den Investor Max Huber zu einem Gespräch gebeten.", {"Stadtrat von Musterau": "participant", "Max Huber": "participant"}),
    ("en", "Vice President Jane Holt met Chief Executive Karl Lind in Oslo.", {"Jane Holt": "participant", "Karl Lind": "participant"}),
    ("de", "Polen bat den Papst um ein Treffen mit Ungarn.", {"Polen": "participant", "Ungarn": "participant"}),
    ("de", "Kanzler Karl Lind reiste am Montag nach Oslo und Präsident Kemal Aydin traf Minister Jan Beispiel.", {"Kemal Aydin": "participant", "Jan Beispiel": "participant"}),
    ("en", "Chancellor Karl Lind flew to Paris on Monday, and President Anna Berg met Prime Minister Jane Holt in Toulon.", {"Anna Berg": "participant", "Jane Holt": "participant"}),
    ("de", 'Die Band "Die Ärzte" traf sich mit Kulturministerin Claudia Roth.', {"Ärzte": "participant", "Claudia Roth": "participant"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def read():
    """Give a function from a text to the parties of its first event, with their roles."""
    extractor = Extractor(clock=lambda: datetime.now(UTC), model="accurate")

    def run(text, language):
        events = extractor.extract(Article(text=text, language=language, published=date(2026, 3, 2))).events
        return [{party.name: party.role for party in event.participants} for event in events]

    return run


@pytest.mark.parametrize(("language", "text", "parties"), PARTIES, ids=[row[1][:60] for row in PARTIES])
def test_all_who_take_part_are_named(read, language, text, parties):
    """The first event has just these parties under their fullest names."""
    assert read(text, language)[:1] == [parties]
