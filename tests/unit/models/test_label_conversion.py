"""Foreign label schemes become ours: tested on parses written by hand, as those pipelines would give them."""

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from worker.extraction.models.conversion.component import LabelConverter
from worker.extraction.models.conversion.table import label_table
from worker.extraction.models.scheme import RELATIONS

VOCAB = Vocab()
_VERB_FORMS = {"Inf": "VerbForm=Inf", "Part": "VerbForm=Part", "Fin": "VerbForm=Fin", "Poss": "Poss=Yes"}


def parsed(notation):
    """Build a Doc from tokens written text|lemma/POS[.form]/relation>head, the lemma left out where it is the text."""
    rows = [token.rsplit("/", 2) for token in notation.split()]
    words, lemmas = zip(*((row[0] + "|" + row[0].lower()).split("|")[:2] for row in rows), strict=True)
    tags = [(row[1] + ".").split(".")[:2] for row in rows]
    arcs = [row[2].split(">") for row in rows]
    return Doc(
        VOCAB,
        words=list(words),
        lemmas=list(lemmas),
        pos=[pos for pos, _ in tags],
        morphs=[_VERB_FORMS.get(form, "") for _, form in tags],
        deps=[relation for relation, _ in arcs],
        heads=[int(head) for _, head in arcs],
    )


def shown(doc):
    return " ".join(f"{token.text}/{token.dep_}>{token.head.i}" for token in doc)


CLEARNLP = {
    "preposition": (
        "Leaders/NOUN/nsubj>1 met/VERB/ROOT>1 in/ADP/prep>1 Oslo/PROPN/pobj>2",
        "Leaders/nsubj>1 met/ROOT>1 in/case>3 Oslo/obl>1",
    ),
    "preposition_under_noun": (
        "Talks/NOUN/nsubj>4 between/ADP/prep>0 both/DET/det>3 sides/NOUN/pobj>1 failed/VERB/ROOT>4",
        "Talks/nsubj>4 between/case>3 both/det>3 sides/nmod>0 failed/ROOT>4",
    ),
    "agent_of_passive": (
        "They/PRON/nsubjpass>2 were|be/AUX/auxpass>2 invited/VERB/ROOT>2 by/ADP/agent>2 Ghana/PROPN/pobj>3",
        "They/nsubj:pass>2 were/aux:pass>2 invited/ROOT>2 by/case>4 Ghana/obl:agent>2",
    ),
    "according_to": (
        "It/PRON/nsubj>1 failed/VERB/ROOT>1 according/VERB/prep>1 to/ADP/prep>2 aides/NOUN/pobj>3",
        "It/nsubj>1 failed/ROOT>1 according/case>4 to/case>4 aides/obl>1",
    ),
    "gerund_after_preposition": (
        "He/PRON/nsubj>1 left/VERB/ROOT>1 without/ADP/prep>1 meeting/VERB/pcomp>2 her/PRON/dobj>3",
        "He/nsubj>1 left/ROOT>1 without/mark>3 meeting/advcl>1 her/obj>3",
    ),
    "conjuncts": (
        "Peru/PROPN/nsubj>5 ,/PUNCT/punct>0 Chile/PROPN/conj>0 and/CCONJ/cc>2 Cuba/PROPN/conj>2 met/VERB/ROOT>5",
        "Peru/nsubj>5 ,/punct>0 Chile/conj>0 and/cc>4 Cuba/conj>0 met/ROOT>5",
    ),
    "conjoined_prepositions": (
        "Talks/NOUN/ROOT>0 with/ADP/prep>0 Peru/PROPN/pobj>1 and/CCONJ/cc>1 with/ADP/conj>1 Cuba/PROPN/pobj>4",
        "Talks/ROOT>0 with/case>2 Peru/nmod>0 and/cc>5 with/case>5 Cuba/conj>2",
    ),
    "copula_with_noun": (
        "She/PRON/nsubj>2 will/AUX/aux>2 be/AUX/ROOT>2 host/NOUN/attr>2 in/ADP/prep>2 May/PROPN/pobj>4",
        "She/nsubj>3 will/aux>3 be/cop>3 host/ROOT>3 in/case>5 May/obl>3",
    ),
    "copula_with_adjective": (
        "Peru/PROPN/nsubj>1 is|be/AUX/ROOT>1 ready/ADJ/acomp>1 to/PART/aux>4 talk/VERB/xcomp>2",
        "Peru/nsubj>2 is/cop>2 ready/ROOT>2 to/mark>4 talk/xcomp>2",
    ),
    "there_is": (
        "There/PRON/expl>1 was|be/VERB/ROOT>1 a/DET/det>3 meeting/NOUN/attr>1",
        "There/expl>1 was/ROOT>1 a/det>3 meeting/nsubj>1",
    ),
    "became": (
        "She/PRON/nsubj>1 became|become/VERB/ROOT>1 chair/NOUN/attr>1",
        "She/nsubj>1 became/ROOT>1 chair/xcomp>1",
    ),
    "two_objects": (
        "They/PRON/nsubj>1 offered/VERB/ROOT>1 Kenya/PROPN/dative>1 help/NOUN/dobj>1",
        "They/nsubj>1 offered/ROOT>1 Kenya/iobj>1 help/obj>1",
    ),
    "object_and_to": (
        "They/PRON/nsubj>1 offered/VERB/ROOT>1 help/NOUN/dobj>1 to/ADP/dative>1 Kenya/PROPN/pobj>3",
        "They/nsubj>1 offered/ROOT>1 help/obj>1 to/case>4 Kenya/obl>1",
    ),
    "relative_clause_and_possessor": (
        "Peru/PROPN/poss>2 's/PART/case>0 envoy/NOUN/ROOT>2 who/PRON/nsubj>4 spoke/VERB/relcl>2",
        "Peru/nmod:poss>2 's/case>0 envoy/ROOT>2 who/nsubj>4 spoke/acl:relcl>2",
    ),
    "stranded_preposition": (
        "whom/PRON/dobj>2 they/PRON/nsubj>2 spoke/VERB/ROOT>2 to/ADP/prep>2",
        "whom/obj>2 they/nsubj>2 spoke/ROOT>2 to/obl>2",
    ),
}

TIGER = {
    "preposition": (
        "Sie/PRON/sb>1 tagten/VERB.Fin/ROOT>1 in/ADP/mo>1 der/DET/nk>4 Stadt/NOUN/nk>2",
        "Sie/nsubj>1 tagten/ROOT>1 in/case>4 der/det>4 Stadt/obl>1",
    ),
    "preposition_right_of_noun": (
        "Gespräche/NOUN/ROOT>0 mit/ADP/mnr>0 Peru/PROPN/nk>1",
        "Gespräche/ROOT>0 mit/case>2 Peru/nmod>0",
    ),
    "perfect": (
        "Sie/PRON/sb>1 hat|haben/AUX.Fin/ROOT>1 ihn/PRON/oa>3 getroffen/VERB.Part/oc>1",
        "Sie/nsubj>3 hat/aux>3 ihn/obj>3 getroffen/ROOT>3",
    ),
    "passive_with_agent": (
        "Er/PRON/sb>1 wurde|werden/AUX.Fin/ROOT>1 von/ADP/sbp>4 ihr/PRON/nk>2 empfangen/VERB.Part/oc>1",
        "Er/nsubj:pass>4 wurde/aux:pass>4 von/case>3 ihr/obl:agent>4 empfangen/ROOT>4",
    ),
    "passive_in_the_perfect": (
        "Er/PRON/sb>1 ist|sein/AUX.Fin/ROOT>1 empfangen/VERB.Part/oc>3 worden|werden/AUX.Part/oc>1",
        "Er/nsubj:pass>2 ist/aux>2 empfangen/ROOT>2 worden/aux:pass>2",
    ),
    "modal": (
        "Sie/PRON/sb>1 will|wollen/AUX.Fin/ROOT>1 ihn/PRON/oa>3 treffen/VERB.Inf/oc>1",
        "Sie/nsubj>3 will/aux>3 ihn/obj>3 treffen/ROOT>3",
    ),
    "zu_infinitive_stays_a_clause": (
        "Sie/PRON/sb>1 bot|bieten/VERB.Fin/ROOT>1 an/ADP/svp>1 zu/PART/pm>4 reden/VERB.Inf/oc>1",
        "Sie/nsubj>1 bot/ROOT>1 an/compound:prt>1 zu/mark>4 reden/xcomp>1",
    ),
    "that_clause_with_perfect": (
        "Er/PRON/sb>1 sagt/VERB.Fin/ROOT>1 dass/SCONJ/cp>5 sie/PRON/sb>5 kam/VERB.Part/oc>5 sei|sein/AUX.Fin/oc>1",
        "Er/nsubj>1 sagt/ROOT>1 dass/mark>4 sie/nsubj>4 kam/ccomp>1 sei/aux>4",
    ),
    "infinitive_below_a_noun": (
        "Angebot/NOUN/ROOT>0 zu/PART/pm>2 helfen/VERB.Inf/oc>0",
        "Angebot/ROOT>0 zu/mark>2 helfen/acl>0",
    ),
    "copula": (
        "Sie/PRON/sb>1 ist|sein/AUX.Fin/ROOT>1 bereit/ADV/pd>1",
        "Sie/nsubj>2 ist/cop>2 bereit/ROOT>2",
    ),
    "conjuncts": (
        "Peru/PROPN/sb>5 ,/PUNCT/punct>0 Chile/PROPN/cj>0 und/CCONJ/cd>2 Kuba/PROPN/cj>3 tagen/VERB.Fin/ROOT>5",
        "Peru/nsubj>5 ,/punct>0 Chile/conj>0 und/cc>4 Kuba/conj>0 tagen/ROOT>5",
    ),
    "dative_and_accusative": (
        "Er/PRON/sb>1 bot|bieten/VERB.Fin/ROOT>1 ihr/PRON/da>1 Hilfe/NOUN/oa>1 an/ADP/svp>1",
        "Er/nsubj>1 bot/ROOT>1 ihr/obl:arg>1 Hilfe/obj>1 an/compound:prt>1",
    ),
    "name": (
        "Lea/PROPN/pnc>1 Muster/PROPN/sb>2 kam/VERB.Fin/ROOT>2",
        "Lea/nsubj>2 Muster/flat>0 kam/ROOT>2",
    ),
    "genitive_apposition_relative": (
        "Perus/PROPN/ag>1 Gesandte/NOUN/ROOT>1 Muster/PROPN/app>1 die/PRON/sb>4 sprach/VERB.Fin/rc>1",
        "Perus/nmod>1 Gesandte/ROOT>1 Muster/appos>1 die/nsubj>4 sprach/acl:relcl>1",
    ),
    "possessive": (
        "seine/DET.Poss/nk>1 Reise/NOUN/ROOT>1",
        "seine/det:poss>1 Reise/ROOT>1",
    ),
}


def cases(table):
    return [pytest.param(*case, id=name) for name, case in table.items()]


@pytest.mark.parametrize(("given", "expected"), cases(CLEARNLP))
def test_clearnlp_becomes_universal(given, expected):
    """English: function words hang on content words, and every relation is one of ours."""
    doc = LabelConverter("labels", label_table("en", "clearnlp"))(parsed(given))
    assert shown(doc) == expected


@pytest.mark.parametrize(("given", "expected"), cases(TIGER))
def test_tiger_becomes_universal(given, expected):
    """German: the main verb heads its auxiliaries, the noun its preposition, the first conjunct the others."""
    doc = LabelConverter("labels", label_table("de", "tiger"))(parsed(given))
    assert shown(doc) == expected


def test_person_names_are_headed_by_their_first_word():
    """English: within a person's name "compound" becomes "flat", a title stays outside."""
    doc = parsed("Envoy/PROPN/compound>2 Lea/PROPN/compound>2 Muster/PROPN/nsubj>3 spoke/VERB/ROOT>3")
    doc.set_ents([doc.char_span(6, 16, label="PERSON")])
    converted = LabelConverter("labels", label_table("en", "clearnlp"))(doc)
    assert shown(converted) == "Envoy/compound>1 Lea/nsubj>3 Muster/flat>1 spoke/ROOT>3"


@pytest.mark.parametrize(
    ("foreign", "words", "expected"),
    [
        pytest.param("GPE", "in Kenya", [("Kenya", "LOC")], id="state_is_a_place"),
        pytest.param("ORG", "for the Senate", [("Senate", "ORG")], id="article_is_cut_off"),
        pytest.param("PERSON", "by Lea Muster", [("Lea Muster", "PER")], id="person"),
        pytest.param("NORP", "by Germans", [], id="nationality_is_no_name"),
        pytest.param("DATE", "on Monday", [], id="date_is_no_name"),
    ],
)
def test_name_labels_become_ours(foreign, words, expected):
    """OntoNotes' names become PER, LOC, ORG, MISC or nothing."""
    first, *rest = words.split()
    doc = Doc(VOCAB, words=[first, *rest], deps=["ROOT"] + ["dep"] * len(rest), heads=[0] * (1 + len(rest)))
    doc.set_ents([doc.char_span(len(first) + 1, len(words), label=foreign)])
    converted = LabelConverter("labels", None)(doc)
    assert [(ent.text, ent.label_) for ent in converted.ents] == expected


def test_unknown_subtypes_lose_their_subtype():
    """A UD pipeline with a subtype that our scheme does not list keeps the relation without it."""
    doc = parsed("Sie/PRON/nsubj:rare>1 tagten/VERB/ROOT>1")
    assert shown(LabelConverter("labels", None)(doc)) == "Sie/nsubj>1 tagten/ROOT>1"


@pytest.mark.parametrize(("language", "scheme"), [("en", "clearnlp"), ("de", "tiger")])
def test_sentences_stay_as_they_were(language, scheme):
    """Each sentence keeps exactly one root, whatever moves inside it."""
    given = {"en": CLEARNLP, "de": TIGER}[language]
    texts = [case[0] for case in given.values()]
    docs = [parsed(text) for text in texts]
    together = Doc.from_docs(docs)
    converted = LabelConverter("labels", label_table(language, scheme))(together)
    assert [len(sentence) for sentence in converted.sents] == [len(doc) for doc in docs]
    assert {token.dep_ for token in converted} <= RELATIONS
