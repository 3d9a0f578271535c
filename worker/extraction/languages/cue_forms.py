"""The form of a language pack's other files: grammar, factuality, reporting, names, countries, page furniture."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schemas.event import Factuality

from .trigger_forms import Form, Function, Pattern


class Grammar(Form):
    """``grammar.toml``: closed word classes and how the language marks functions.

    Attributes:
        clauses: Where clauses end: at commas (German orthography demands them) or by the parse.
        prepositions: Preposition to the function of its phrase beside a trigger.
        topic_prepositions: Prepositions that open what an event is about.
        attached_prepositions: Prepositions of phrases that belong to the topic before them.
        amount_prepositions: Prepositions that open how much an offer is.
        place_prepositions: Prepositions that open a place.
    """

    clauses: Literal["commas", "parse"]
    noun_endings: tuple[str, ...]
    verb_forms: Pattern = Field(description="Regular forms; {S} is the stem, {P} the particle or nothing.")
    infinitive_endings: tuple[str, ...]
    lemmas_from_form: bool = Field(
        default=False,
        description="Whether the dictionary of models/lemmas.py covers the language, so that words have their lemmas "
        "and names are told from words before any parse.",
    )
    verb_endings: Pattern = Field(
        default=r"\w*",
        description="Where lemmas do not follow from the form: what may stand behind a verb's stem: attend-ed.",
    )
    lost_endings: Pattern = Field(
        default="", description="What a verb loses before such an ending: accompan(y)-ied, arriv(e)-ing."
    )
    participles: Pattern = Field(
        default="(?!)", description="Words whose form may be that of a past participle: getroffen, angeboten."
    )
    joined_infinitives: Pattern = Field(
        default="(?!)", description="Words that may be an infinitive with its mark inside: anzubieten."
    )
    plural_verb_ending: str = Field(
        default="", description="Without it a verb has a single subject or a list: treffen; nothing where none tells."
    )
    capitalised_nouns: bool
    prepositions: dict[str, Function]
    topic_prepositions: tuple[str, ...]
    attached_prepositions: tuple[str, ...]
    amount_prepositions: tuple[str, ...]
    place_prepositions: tuple[str, ...]
    local_prepositions: tuple[str, ...]
    attendance_prepositions: tuple[str, ...]
    attendance_verbs: tuple[str, ...]
    compound_prepositions: tuple[str, ...] = Field(default=(), description="Of two words: according to, due to.")
    where_words: tuple[str, ...] = Field(default=(), description="Open a relative clause on a place: wo, where.")
    measures: Pattern = Field(default="(?!)", description="Nouns that count events: rounds of talks.")
    office_fields: Pattern = Field(default="(?!)", description="Behind of in an office: Secretary of State.")
    offering_verbs: tuple[str, ...] = Field(description="Verbs whose subject makes an offer: vorlegen, submit.")
    pair_pronouns: tuple[str, ...] = Field(default=(), description="Stand for two without a noun: beide.")
    receiving_verbs: tuple[str, ...] = Field(description="Verbs whose subject an offer is made to: erhalten, receive.")
    taking_part: tuple[str, ...] = Field(description="Verbs that alone say who comes: teilnehmen, attend.")
    companion_verbs: tuple[str, ...] = Field(description="Verbs of those who come along: begleiten, accompany.")
    outcome_verbs: tuple[str, ...] = Field(description="Verbs of which two sides are the subject: sich einigen, agree.")
    speaking_after: tuple[str, ...] = Field(description="Before the event behind which its parties speak: nach, after.")
    represented: tuple[str, ...] = Field(description="Verbs whose agents in the passive attend: vertreten.")
    phase_verbs: tuple[str, ...] = Field(description="Verbs by which a party begins, breaks off or refuses an event.")
    part_verbs: dict[str, Function] = Field(description="Verb to what its agent is to the event: vermitteln.")
    part_nouns: dict[str, Function] = Field(description="End of a noun to the part it names: gastgeber, host.")
    auspices: dict[str, Function] = Field(description="End of a noun to what its owner is: unter Vermittlung von.")
    auspice_prepositions: tuple[str, ...] = Field(description="Before such a noun: unter, under.")
    speaking_prepositions: tuple[str, ...] = Field(description="Before where one speaks: bei einem Treffen, at.")
    company_prepositions: tuple[str, ...] = Field(default=(), description="Before who else attends: neben, besides.")
    agent_prepositions: tuple[str, ...]
    topic_only: tuple[str, ...] = Field(description="Prepositions before an event that its clause only talks about.")
    complementisers: tuple[str, ...] = Field(description="Open what is said, asked or planned: dass, that, to.")
    frame_prepositions: tuple[str, ...] = Field(description="zu Gesprächen kommen, in Verhandlungen treten.")
    contractions: dict[str, str] = Field(default_factory=dict)
    conjunctions: tuple[str, ...]
    subordinators: tuple[str, ...]
    relative_pronouns: tuple[str, ...]
    reflexives: tuple[str, ...]
    common_nouns: Pattern = Field(description="Nouns that no other noun takes for its name: -ung, -heit, Hilfe.")
    reciprocals: tuple[str, ...]
    origin_prepositions: tuple[str, ...]
    infinitive_marks: tuple[str, ...]
    determiners: tuple[str, ...]
    definite: tuple[str, ...]
    personal_pronouns: dict[str, str] = Field(description="Form to number and gender: s:m, s:f, s:n, s:*, p:*.")
    indefinite: tuple[str, ...]
    impersonal: tuple[str, ...]
    possessives: dict[str, str]
    pair_words: Pattern
    other_words: Pattern = Field(description="Say that an event is not the one spoken of before: weitere, another.")
    often_words: Pattern = Field(description="Adverbs that make several events of one word: mehrmals, six times.")
    demonstratives: tuple[str, ...] = Field(description="Determiners that point to what was just spoken of: dieses.")
    again_words: tuple[str, ...] = Field(description="Adverbs of repetition: erneut, again.")
    requests: tuple[str, ...] = Field(
        default=(), description="Verbs whose subject asks their object for an event with both: bat ihn um ein Gespräch."
    )
    invitations: tuple[str, ...] = Field(description="Verbs whose subject is host and whose object is guest.")
    particles: tuple[str, ...] = Field(description="What may part from its verb: an, statt; off, out.")
    particle_order: Literal["before", "after"] = Field(description="anbieten is an+bieten, call off is call+off.")
    not_nominative: tuple[str, ...] = ()
    dative: tuple[str, ...] = ()
    dative_plural: tuple[str, ...] = ()
    dative_plural_ending: str = Field(default="", description="What the dative adds to a plural: Kreise-n.")
    dative_feminine: tuple[str, ...] = ()
    masculine_names: tuple[str, ...] = ()
    accusative: tuple[str, ...] = ()
    aside_words: tuple[str, ...] = Field(default=(), description="ahead of, on the sidelines of a meeting.")
    comparing_words: tuple[str, ...] = Field(default=(), description="Before what is no subject: als Vermittler.")
    frame_verbs: tuple[str, ...] = Field(description="Beside zu or in, their subject takes part: in Gesprächen stehen.")
    control_prepositions: tuple[str, ...] = Field(description="Before whom such a verb addresses: an X, on X.")
    adverbials: tuple[str, ...] = Field(
        default=(), description="Two words that are an adverb, whatever the second looks like: unter anderem."
    )
    object_control: tuple[str, ...] = Field(description="Verbs whose object is the subject of their infinitive.")
    clause_times: dict[str, Literal["on", "before", "after"]] = Field(
        description="Preposition before an event to what the clause's time is to it: bei is on, nach is before."
    )
    clause_words: dict[str, Literal["on", "before", "after"]] = Field(
        default_factory=dict, description="The same for a noun before it: am Rande des Treffens is on."
    )
    clause_marks: dict[str, Literal["before", "after"]] = Field(
        default_factory=dict, description="The same for the conjunction of its clause: nachdem is before."
    )
    place_ending: str = Field(default="", description="Makes an adjective of a place name: Genfer.")
    told_pronouns: tuple[str, ...] = Field(default=(), description="Open what goes on about an event: es, sie, it.")
    occurring: tuple[str, ...] = Field(default=(), description="Verbs that say there when it takes place: stattfinden.")
    back_pronouns: tuple[str, ...] = Field(default=(), description="Point back to what was said: das, was, it, which.")
    start_nouns: Pattern = Field(default="(?!)", description="What an event is counted from: vor Beginn des Treffens.")
    day_words: dict[str, int] = Field(default_factory=dict, description="Days to the event: am Vorabend is 1.")
    first_words: tuple[str, ...] = Field(
        default=(), description="Before since, they count from the event before: erstmals."
    )
    span_prepositions: tuple[str, ...] = Field(default=(), description="Before how long what lasts has lasted: for.")
    dated_nouns: Pattern = Field(description="Nouns that take the time behind them for themselves: Wahl, Anschlag.")
    ongoing_words: tuple[str, ...] = Field(description="Say that an event is under way: im Gange, laufen.")
    today_words: tuple[str, ...] = Field(description="Name the day of publication: heute, today.")
    sequence_words: tuple[str, ...] = Field(description="Open what came next on the same occasion: danach, then.")
    beginnings: tuple[str, ...] = Field(description="Verbs that start what goes on: beginnen, begin.")
    endings: tuple[str, ...] = Field(description="Verbs that end what went on: enden, end.")
    imminent_verbs: tuple[str, ...] = Field(description="Verbs that say only that an event is to come: bevorstehen.")
    before_now: tuple[str, ...] = Field(description="Adverbs that date an event before the rest: zuvor, previously.")
    noun_time_prepositions: tuple[str, ...] = Field(
        description="Before a time that belongs to the noun in front of it: der Haushalt für 2031."
    )
    motion_verbs: tuple[str, ...] = Field(description="Verbs of travel, whose goal is where one meets: reisen.")
    goal_prepositions: tuple[str, ...] = Field(description="Before the goal of a journey: nach, to.")
    nested_prepositions: tuple[str, ...] = Field(
        default=(), description="Before a noun that keeps the next phrase for itself: to a deal with X."
    )
    verb_topics: tuple[str, ...] = Field(description="Prepositions of the topic beside a verb: verhandeln um.")
    purpose_marks: tuple[str, ...] = Field(default=(), description="Open what one meets for: um ... zu.")
    content_marks: tuple[str, ...] = Field(description="Open what is proposed: dass, that.")
    topic_verbs: tuple[str, ...] = Field(description="Verbs whose object is the topic: besprechen, discuss.")
    concerns: tuple[str, ...] = Field(description="es geht um: the verb of what a talk is about.")
    concerns_with: str = Field(description="The preposition beside it.")
    agenda_nouns: Pattern = Field(description="Thema, Mittelpunkt, agenda: beside the event, they name its topic.")
    agenda_verbs: tuple[str, ...] = Field(description="What a topic does there: stehen.")
    willing_prepositions: tuple[str, ...] = Field(description="Before what one is willing to give: zu Hilfe bereit.")
    there_words: tuple[str, ...] = Field(description="Point back to a place: dort, there.")
    time_nouns: tuple[str, ...]
    haves: tuple[str, ...]
    passives: tuple[str, ...]
    copulas: tuple[str, ...]
    futures: tuple[str, ...]


class FactualityCues(Form):
    """``factuality.toml``: words that say how certain an event is.

    Verbs are lemmas with the particle joined; adjectives and adverbs are patterns over lower-case words.
    """

    negative_determiners: tuple[str, ...]
    negations: tuple[str, ...]
    attitudes: dict[Factuality, tuple[str, ...]] = Field(description="Governing verb to the value it gives.")
    nouns: dict[Factuality, Pattern] = Field(description="Governing noun (Absage, Forderung) to its value.")
    adjectives: dict[Factuality, Pattern]
    adverbs: dict[Factuality, Pattern]
    reports: Pattern = Field(default="(?!)", description="Nouns of what is told: to deny a report of talks.")
    modals: dict[str, Literal["possible", "planned", "necessary", "hearsay", "future-in-past"]]
    prepositions: dict[Factuality, tuple[str, ...]] = Field(
        description="Prepositions of the event beside such a verb: fordert zu Gesprächen auf."
    )
    subjunctives: tuple[str, ...] = Field(description="Forms of reported speech that look like the indicative: habe.")
    conditionals: tuple[str, ...]
    happening: tuple[str, ...] = Field(description="Verbs that only say that the event takes place.")
    scheduled_present: tuple[str, ...] = ()
    idioms: dict[Factuality, Pattern] = Field(
        default_factory=dict, description="What a clause says of its event in fixed words: liegt auf Eis."
    )
    threats: tuple[str, ...] = Field(default=(), description="Verbs under which nothing is called off yet: drohen.")
    left_open: Pattern = Field(
        default="(?!)", description="Says neither yes nor no: weder bestätigen noch dementieren."
    )
    demands: tuple[str, ...] = Field(
        default=(), description="Verbs whose object is asked of another one: fordern; who does so offers nothing."
    )
    not_yet: Pattern = Field(default="(?!)", description="Leaves open what is not arranged: noch nicht, not yet.")
    hearsay: tuple[str, ...] = Field(default=(), description="Passives of hearsay: is said to have met.")
    stages: dict[str, tuple[str, ...]] = Field(description="Stage of an offer to the verbs that give it.")
    stage_words: dict[str, Pattern] = Field(default_factory=dict)


class ReportingCues(Form):
    """``reporting.toml``: who says so."""

    verbs: tuple[str, ...]
    before: tuple[str, ...] = Field(description="Prepositions before the source: laut, according to.")
    after_only: tuple[str, ...] = Field(description="Postpositions behind the source: zufolge.")
    person_prepositions: tuple[str, ...] = Field(description="Before a person at the start: Nach Meier ist ...")
    confirms: tuple[str, ...] = Field(description="Verbs that make a fact of what they report: bestätigen.")
    nouns: Pattern = Field(description="Angaben, Bericht, statement: with genitive, von or of before the source.")
    noun_prepositions: tuple[str, ...]
    back_words: tuple[str, ...] = Field(description="Open a sentence that says who said the one before: das, that.")
    as_words: tuple[str, ...] = Field(description="Opens a parenthetical report: wie X mitteilte.")
    media: Pattern
    unnamed: Pattern
    offices: Pattern = Field(description="Places of work that speak: Büro, Palast.")
    own_words: tuple[str, ...] = Field(default=(), description="nach eigenen Angaben: those of the subject.")
    nearest_words: tuple[str, ...] = Field(default=(), description="nach dessen Angaben: those of the one before.")
    dative_plurals: Pattern = Field(
        default="(?!)", description="Sources that lose their -n in the nominative: Kreisen."
    )
    impersonal: tuple[str, ...] = Field(default=(), description="Verbs that name only where it comes from: heißen aus.")
    citing_nouns: dict[str, str] = Field(
        default_factory=dict,
        description="The same for nouns: unter Berufung auf.",
    )
    citing: dict[str, str] = Field(
        default_factory=dict,
        description="Verb to the preposition of whom it names as source, empty for its object: sich berufen auf.",
    )


class Nouns(Form):
    """``nouns.toml``: nouns that name parties.

    Attributes:
        persons: Heads of offices and occupations (``minister`` finds Außenminister), as a pattern of word ends.
        groups: Plural or collective nouns that act as a party.
        bodies: Institutions.
        places: Buildings and sites that an event can take place in.
        acting_places: Seats of power that stand for those who sit there (Kreml).
        titles: Words before a name that are no part of it and no office (Herr, Frau, Dr.).
        never: Nouns that look like a party and are none.
    """

    persons: Pattern
    groups: Pattern
    bodies: Pattern
    places: Pattern
    acting_places: dict[str, str]
    titles: tuple[str, ...]
    nominatives: dict[str, str] = Field(default_factory=dict, description="Names that decline: Grünen is Grüne.")
    many_lands: Pattern = Field(default="(?!)", description="Countries without a name: beide Länder, countries.")
    rivals: Pattern = Field(default="(?!)", description="Among persons: what a firm is to another: Rivale, partner.")
    high_offices: Pattern = Field(description="Offices that need no name to tell who is meant: the president.")
    takeovers: tuple[str, ...] = Field(description="Verbs of buying a firm: übernehmen, acquire.")
    people: Pattern = Field(description="Persons that hold no office: Männer, women.")
    accessions: Pattern = Field(description="What talks on joining a body are about: Beitritt, accession.")
    accession_talks: Pattern = Field(description="What names such talks in or before their word: Beitrittsgespräche.")
    spokesmen: Pattern = Field(description="Those who speak for others and take no part: Sprecher.")
    open_groups: Pattern = Field(description="Plurals that leave open who the sides are: Konfliktparteien.")
    lands: Pattern = Field(description="Nouns that point back to a country: ihr Land, the country.")
    sides: Pattern = Field(description="Either persons or bodies: beide Seiten.")
    never: Pattern
    female: Pattern | None = None
    group_offices: Pattern = Field(
        default="(?!)", description="First part of a compound that says who meets: Minister."
    )
    representatives: Pattern = Field(description="Nouns that stand for whom they are sent by: Vertreter der X.")
    organisation_marks: Pattern
    capital_words: Pattern = Field(description="Nouns for the seat of a country's government: Hauptstadt.")
    localities: Pattern = Field(description="Nouns before a place name: Hauptstadt, Provinz.")
    companies: Pattern = Field(description="Nouns that point back to an organisation: das Unternehmen.")
    holdings: Pattern = Field(description="What of an organisation is bid for: Aktien, shares.")
    offered: Pattern = Field(description="What parties offer each other: help, money, cooperation.")
    money: Pattern


class Countries(Form):
    """``countries.toml``: what CLDR does not say: short names, demonyms, capitals that stand for governments."""

    names: dict[str, str]
    demonyms: dict[str, str] = Field(description="Stem of the adjective to alpha-3.")
    demonym_endings: tuple[str, ...]
    plural_endings: tuple[str, ...] = Field(
        default=(), description="Ends of names in the plural, which the dative changes: Niederlande, Emirate."
    )
    adjective_ending: str = Field(
        default="", description="That of adjectives in such names, to which the dative adds too: Vereinigte."
    )
    people: dict[str, str] = Field(default_factory=dict)
    capitals: dict[str, str]
    blocs: dict[str, str] = Field(description="Abbreviation to full name: EU, UNO, NATO; parties without a country.")


class Furniture(Form):
    """``furniture.toml``: what stands on the page and is no part of the article."""

    lines: tuple[Pattern, ...] = Field(description="A line that fits is furniture.")
    rest: tuple[Pattern, ...] = Field(description="From a line that fits on, all that follows is furniture.")
    datelines: tuple[Pattern, ...] = Field(description="``Wien – `` at the start of a line or behind a headline.")
    inline: tuple[Pattern, ...] = Field(description="Agency marks inside a line.")
