"""What the verb's frame says where the parse cannot: which of the bare names in its clause is which object."""

from __future__ import annotations

from .document import Document, Entity, Mention, Party, Phrase, Sentence
from .verbs import clause_phrases, find_indirect, find_object


def split_pair(
    mention: Mention, sentence: Sentence, subject_of: tuple[int, Phrase], document: Document
) -> tuple[Party, ...]:
    """``Am Montag traf Lind Petit``: a verb that needs an object and has none has it in its subject's second word.

    Args:
        mention: The verb.
        sentence: Where it stands.
        subject_of: Its clause and the phrase taken for the subject.
        document: For the names of the article: a name that stands there elsewhere too is one name.
    """
    index, phrase = subject_of
    grammar = document.pack.grammar
    if not _needs_object(mention) or not grammar.capitalised_nouns or phrase.end - phrase.start != 2:
        return ()
    verb = sentence.clauses[index].finite
    if verb is None or phrase.start != verb + 1 or mention.token != verb:
        return ()
    entity = document.names.get((sentence.index, phrase.start, phrase.end))
    if entity is None or entity.kind != "person" or _is_named_elsewhere(entity, document):
        return ()
    if (
        _has_partner(sentence, index, document)
        or find_object(sentence, index, grammar)
        or find_indirect(sentence, index, grammar)
    ):
        return ()
    one, two = (_surname(sentence.doc[position].text, entity, document) for position in (phrase.start, phrase.end - 1))
    return (
        Party("subject", sentence.index, phrase.start, phrase.start + 1, "first-of-two-names", one),
        Party("object", sentence.index, phrase.end - 1, phrase.end, "second-of-two-names", two),
    )


def _needs_object(mention: Mention) -> bool:
    """Whether every frame of the verb asks for an object or partner, as *jemanden treffen* does."""
    requires = mention.trigger.requires
    return (
        bool(requires)
        and all({"personal_object", "with"} & set(names) for names in requires)
        and any("personal_object" in names for names in requires)
    )


def _has_partner(sentence: Sentence, index: int, document: Document) -> bool:
    prepositions = document.pack.grammar.prepositions
    phrases = clause_phrases(sentence, sentence.clauses[index])
    return any(prepositions.get(phrase.preposition or "") == "with" for phrase in phrases)


def _is_named_elsewhere(entity: Entity, document: Document) -> bool:
    """Whether the article has the two words as one person elsewhere, or gives the person an office."""
    places = [each.place for each in document.names.called(entity.name) if each.place[2] - each.place[1] > 1]
    return len(places) > 1 or entity.descriptor is not None


def _surname(word: str, whole: Entity, document: Document) -> Entity:
    """Give the person of the article who is called so, else a new one."""
    known = (entity for entity in document.names.values() if entity.kind == "person" and entity.key != whole.key)
    return next((entity for entity in known if entity.name.split()[-1] == word), Entity(word, word, "person"))


def is_bare_dative(sentence: Sentence, phrase: Phrase, document: Document) -> bool:
    """``bot Italien an, Gas zu liefern``: a name without article shows no case; what is offered stands beside it."""
    head = sentence.doc[phrase.head]
    if not document.pack.grammar.capitalised_nouns or head.pos_ != "PROPN" or not head.ent_type_:
        return False
    if any(child.dep_.startswith("det") for child in head.children):
        return False
    others = [child.dep_ for child in head.head.children if child.i != head.i]
    return head.dep_ == "obj" and any(dep in {"xcomp", "ccomp", "obj"} for dep in others)
