"""German times as news say them; published on Thursday, 7 August 2025."""

from datetime import date

import pytest

from worker.extraction.time import find_times

PUBLISHED = date(2025, 8, 7)

# Sentence, the words that must be found, their value.
SAID = [
    # weekdays
    ("Die Kanzlerin empfing am Dienstag den Präsidenten.", "Dienstag", "2025-08-05"),
    ("Die Kanzlerin empfängt am Dienstag den Präsidenten.", "Dienstag", "2025-08-12"),
    ("Die Kanzlerin wird am Samstag den Präsidenten empfangen.", "Samstag", "2025-08-09"),
    ("Die Kanzlerin hat am Montag den Präsidenten empfangen.", "Montag", "2025-08-04"),
    ("Er sagte, am Freitag werde der Rat entscheiden.", "Freitag", "2025-08-08"),
    ("Das für Montag geplante Treffen entfällt.", "Montag", "2025-08-11"),
    ("Seit Montag streiken die Lokführer.", "Montag", "2025-08-04"),
    ("Bis Freitag soll eine Antwort vorliegen.", "Freitag", "2025-08-08"),
    ("Am Sonnabend wurde gewählt.", "Sonnabend", "2025-08-02"),
    ("Der Gipfel am Donnerstag vergangener Woche brachte nichts.", "Donnerstag vergangener Woche", "2025-07-31"),
    ("Am heutigen Donnerstag tagt der Rat.", "heutigen Donnerstag", "2025-08-07"),
    ("Am gestrigen Mittwoch tagte der Rat.", "gestrigen Mittwoch", "2025-08-06"),
    # days by name
    ("Übermorgen beginnt die Messe.", "Übermorgen", "2025-08-09"),
    ("Gestern abend wurde verhandelt.", "Gestern abend", "2025-08-06TEV"),
    ("Er war vorgestern in Bern.", "vorgestern", "2025-08-05"),
    ("Heute früh landete die Delegation.", "Heute früh", "2025-08-07TMO"),
    # dates
    ("Am 1. August 1914 begann der Krieg.", "1. August 1914", "1914-08-01"),
    ("Das Konzert ist am 12. Jänner 2026.", "12. Jänner 2026", "2026-01-12"),
    ("Sie kommt am 24.12.2025 an.", "24.12.2025", "2025-12-24"),
    ("Der Beschluss vom 3.4.24 gilt.", "3.4.24", "2024-04-03"),
    ("Stand: 2025-06-30.", "2025-06-30", "2025-06-30"),
    ("Am 8. Mai dieses Jahres sprach sie.", "8. Mai dieses Jahres", "2025-05-08"),
    ("Am Samstag, den 9. August, wird gefeiert.", "Samstag, den 9. August", "2025-08-09"),
    ("Die Feier am 20. Juli war gut besucht.", "20. Juli", "2025-07-20"),
    ("Am ersten Mai demonstrierten Tausende.", "ersten Mai", "2025-05-01"),
    # months
    ("Im Feber wurde verhandelt.", "Feber", "2025-02"),
    ("Im Juni kommenden Jahres wird gewählt.", "Juni kommenden Jahres", "2026-06"),
    ("Im vergangenen März trat er zurück.", "vergangenen März", "2025-03"),
    ("Anfang Oktober will die Koalition entscheiden.", "Anfang Oktober", "2025-10"),
    ("Mitte Dezember 2023 war Schluss.", "Mitte Dezember 2023", "2023-12"),
    # weeks, months, years
    ("In der vorvergangenen Woche schwieg sie.", "der vorvergangenen Woche", "2025-W30"),
    ("Ende nächster Woche fällt die Entscheidung.", "Ende nächster Woche", "2025-W33"),
    ("Heuer kamen mehr Gäste.", "Heuer", "2025"),
    ("Im Vorjahr kamen weniger Gäste.", "Vorjahr", "2024"),
    ("Zu Jahresende läuft der Vertrag aus.", "Jahresende", "2025"),
    ("Die Partei lag im Wahljahr 2021 vorn.", "Wahljahr 2021", "2021"),
    ("Ende kommenden Jahres soll alles fertig sein.", "Ende kommenden Jahres", "2026"),
    ("In der Kalenderwoche 40 wird getestet.", "Kalenderwoche 40", "2025-W40"),
    ("Im ersten Quartal 2024 stieg der Umsatz.", "ersten Quartal 2024", "2024-Q1"),
    ("In der zweiten Jahreshälfte soll es besser werden.", "der zweiten Jahreshälfte", "2025-H2"),
    ("In den sechziger Jahren war das anders.", "den sechziger Jahren", "196"),
    ("Anfang der Neunzigerjahre kam er nach Wien.", "Anfang der Neunzigerjahre", "199"),
    ("Im 19. Jahrhundert blühte die Stadt.", "19. Jahrhundert", "18"),
    ("Im Sommer 2015 kamen viele Flüchtlinge.", "Sommer 2015", "2015-SU"),
    ("Im kommenden Winter wird es eng.", "kommenden Winter", "2025-WI"),
    ("Am vergangenen Wochenende wurde gewählt.", "vergangenen Wochenende", "2025-W31-WE"),
    ("Dieses Wochenende kamen Tausende.", "Dieses Wochenende", "2025-W31-WE"),
    ("Dieses Wochenende werden Tausende kommen.", "Dieses Wochenende", "2025-W32-WE"),
    ("Ein Verein, der dieses Jahr gegründet wurde.", "dieses Jahr", "2025"),
    # clock times and parts of day
    ("Die Sitzung beginnt um halb neun.", "halb neun", "2025-08-07T08:30"),
    ("Um 7.45 Uhr fiel der Strom aus.", "7.45 Uhr", "2025-08-07T07:45"),
    ("Um Viertel nach acht war Schluss.", "Viertel nach acht", "2025-08-07T08:15"),
    ("In der Nacht zum Mittwoch brannte es.", "der Nacht zum Mittwoch", "2025-08-05TNI"),
    ("Am Dienstagnachmittag tagte der Ausschuss.", "Dienstagnachmittag", "2025-08-05TAF"),
    # counted from elsewhere
    ("Am 3. März 2020 traf er sie. Tags darauf reiste er ab.", "Tags darauf", "2020-03-04"),
    ("Am 3. März 2020 traf er sie. Am Tag zuvor war er krank.", "Tag zuvor", "2020-03-02"),
    ("Am 3. März 2020 traf er sie. Im Jahr darauf starb er.", "Jahr darauf", "2021"),
    ("Am Abend des 3. Mai traf er sie.", "Abend des 3. Mai", "2025-05-03TEV"),
    ("Vom 2. April bis zum 20. Juni 1943 war er dort.", "2. April", "1943-04-02"),
    ("Von Montag bis Freitag wird getagt.", "Freitag", "2025-08-15"),
    ("Im Herbst vergangenen Jahres war Wahl.", "Herbst vergangenen Jahres", "2024-FA"),
    ("Im Geschäftsjahr 2023/24 stieg der Gewinn.", "Geschäftsjahr 2023/24", "2023/2024"),
    ("Heute Nacht kam es zum Streit.", "Heute Nacht", "2025-08-06TNI"),
    # durations
    ("Die Sitzung dauerte zweieinhalb Stunden.", "zweieinhalb Stunden", "PT2.5H"),
    ("Das Schiff lag 23 Tage vor Anker.", "23 Tage", "P23D"),
    ("Er saß fünfundzwanzig Jahre im Parlament.", "fünfundzwanzig Jahre", "P25Y"),
    ("Mehr als drei Monate wurde verhandelt.", "Mehr als drei Monate", "P3M"),
    ("Nach dreitägigen Beratungen gab es eine Einigung.", "dreitägigen", "P3D"),
    ("Seit Wochen wird verhandelt.", "Wochen", "PXW"),
    ("Er schwieg jahrelang.", "jahrelang", "PXY"),
    ("In den vergangenen zehn Jahren wuchs die Stadt.", "den vergangenen zehn Jahren", "P10Y"),
    # repetitions
    ("Der Ausschuss tagt jeden Dienstag.", "jeden Dienstag", "XXXX-WXX-2"),
    ("Sie treffen sich alle zwei Wochen.", "alle zwei Wochen", "P2W"),
    ("Das Fest findet jährlich statt.", "jährlich", "P1Y"),
    ("Der Markt öffnet samstags.", "samstags", "XXXX-WXX-6"),
    # pointers
    ("Derzeit wird verhandelt.", "Derzeit", "PRESENT_REF"),
    ("Damals war er Minister.", "Damals", "PAST_REF"),
    ("Demnächst wird entschieden.", "Demnächst", "FUTURE_REF"),
    # holidays
    ("Am Pfingstmontag wurde demonstriert.", "Pfingstmontag", "2025-06-09"),
    ("Am Karfreitag 2024 blieb es ruhig.", "Karfreitag 2024", "2024-03-29"),
    ("Zu Silvester soll die Waffenruhe beginnen.", "Silvester", "2025-12-31"),
]
NOT_SAID = [
    "Friedrich Merz und Robert März trafen einander nicht.",
    "Rund 1800 Arbeiter streikten.",
    "Das Gerät kostet 1999 Euro und wiegt 1800 Gramm.",
    "Er wohnt in der Straße des 17. Juni.",
    "Der 26-Jährige gewann 2:1.",
    "Kinder ab 12 Jahren zahlen nichts.",
    "Sie ist 34 Jahre alt.",
    "Artikel 1.2. gilt weiter.",
    "Frau Freitag und Herr Sonntag kennen einander.",
    "Die Freitagsgebete und die Sonntagsfrage.",
]


@pytest.mark.parametrize(("text", "words", "value"), SAID, ids=[f"{words}={value}" for _, words, value in SAID])
def test_german_time_is_found_and_read(text, words, value):
    """Exactly these words are one expression, of this value."""
    found = {time.text: time.value for time in find_times(text, published=PUBLISHED, language="de")}
    assert found.get(words) == value, found


@pytest.mark.parametrize("text", NOT_SAID)
def test_german_sentence_without_a_time_has_none(text):
    """Names, counts, ages, scores and prices are no times."""
    assert not find_times(text, published=PUBLISHED, language="de")
