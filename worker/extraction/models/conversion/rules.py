"""The structural changes between schemes that head by function words and UD, which heads by content words."""

from __future__ import annotations

from .table import PLACEHOLDER_MODIFIER, LabelTable
from .tree import GOVERNS_OBLIQUE, ROOT, VERBAL, Tree

_DONE = "="
"""Before a label: it is already one of ours."""


def to_universal(tree: Tree, table: LabelTable) -> None:
    """Change a tree of the table's scheme into a UD tree, in place."""
    _lower_adpositions(tree, table)
    _lower_auxiliaries(tree, table)
    _lower_copulas(tree, table)
    _flatten_coordination(tree, table)
    _head_names_by_first_word(tree, table)
    _rename(tree, table)
    _name_passive_subjects(tree, table)


def _lower_adpositions(tree: Tree, table: LabelTable) -> None:
    """Turn "met <- in <- Moscow" into "met <- Moscow <- in"."""
    rule = table.adpositions
    for adposition in tree:
        if rule.needs_pos and tree.pos(adposition) != rule.needs_pos:
            continue
        objects = tree.children_labelled(adposition, rule.objects)
        clauses = tree.children_labelled(adposition, rule.clauses)
        if objects or clauses:
            _lower_adposition(tree, table, adposition, (objects or clauses)[0], is_clause=not objects)
    for adposition in tree:
        # What is left heads another adposition: "met <- according <- officials <- to".
        if tree.labels[adposition] in rule.chains:
            nouns = tree.children_labelled(adposition, frozenset({_DONE + "obl", _DONE + "nmod"}))
            if nouns and nouns[0] > adposition:
                _lower_adposition(tree, table, adposition, nouns[0], is_clause=False)


def _lower_adposition(tree: Tree, table: LabelTable, adposition: int, noun: int, *, is_clause: bool) -> None:
    own = tree.labels[adposition]
    tree.swap(adposition, noun, _DONE + ("mark" if is_clause else "case"))
    if own in {*table.coordination.conjuncts, *table.copulas.predicates, ROOT}:
        return
    is_oblique = tree.pos(tree.head(noun)) in GOVERNS_OBLIQUE
    if is_clause:
        tree.labels[noun] = _DONE + ("advcl" if is_oblique else "acl")
    else:
        tree.labels[noun] = _DONE + table.adpositions.roles.get(own, "obl" if is_oblique else "nmod")


def _lower_auxiliaries(tree: Tree, table: LabelTable) -> None:
    """Turn "hat <- getroffen" into "getroffen <- hat", from the innermost auxiliary outwards."""
    rule = table.auxiliaries
    if rule is None:
        return
    for auxiliary in sorted(tree, key=lambda index: -tree.depth(index)):
        if tree.pos(auxiliary) not in VERBAL or tree.lemma(auxiliary) not in rule.lemmas:
            continue
        verbs = tree.children_labelled(auxiliary, frozenset({rule.clause}))
        verbs = [verb for verb in verbs if _is_bare_nonfinite(tree, verb, rule.infinitive_particle)]
        if verbs:
            is_participle = "Part" in tree.doc[verbs[0]].morph.get("VerbForm", [])
            is_passive = tree.lemma(auxiliary) == rule.passive and is_participle
            tree.swap(auxiliary, verbs[0], _DONE + ("aux:pass" if is_passive else "aux"))


def _is_bare_nonfinite(tree: Tree, verb: int, particle: str) -> bool:
    form = tree.doc[verb].morph.get("VerbForm", [])
    has_particle = bool(tree.children_labelled(verb, frozenset({particle})))
    return ("Inf" in form or "Part" in form) and not has_particle


def _lower_copulas(tree: Tree, table: LabelTable) -> None:
    """Turn "is <- president" into "president <- is"."""
    rule = table.copulas
    for verb in tree:
        predicates = tree.children_labelled(verb, rule.predicates)
        if not predicates or tree.pos(verb) not in VERBAL:
            continue
        if tree.children_labelled(verb, rule.expletives):
            tree.labels[predicates[0]] = _DONE + "nsubj"
        elif tree.lemma(verb) in rule.lemmas:
            tree.swap(verb, predicates[0], _DONE + "cop")
        for other in predicates:
            if tree.labels[other] in rule.predicates:
                tree.labels[other] = _DONE + rule.other


def _flatten_coordination(tree: Tree, table: LabelTable) -> None:
    """All conjuncts hang on the first, each conjunction on the conjunct after it."""
    rule = table.coordination
    for coordinator in tree:
        if tree.labels[coordinator] not in rule.coordinators:
            continue
        if rule.through_coordinator:
            after = tree.children_labelled(coordinator, rule.conjuncts)
        else:
            siblings = tree.children_labelled(tree.head(coordinator), rule.conjuncts)
            after = [conjunct for conjunct in siblings if conjunct > coordinator]
        if after:
            tree.attach(after[0], tree.head(coordinator))
            tree.attach(coordinator, after[0])
            tree.labels[coordinator] = _DONE + "cc"
    for conjunct in tree:
        if tree.labels[conjunct] in rule.conjuncts:
            first = tree.head(conjunct)
            while tree.labels[first] in rule.conjuncts and tree.head(first) != first:
                first = tree.head(first)
            tree.attach(conjunct, first)


def _head_names_by_first_word(tree: Tree, table: LabelTable) -> None:
    """Turn "Jane -> Miller" into "Jane <- Miller", within one name."""
    rule = table.names
    for last in tree:
        parts = [
            part
            for part in tree.children_labelled(last, rule.parts)
            if part < last and _are_one_name(tree, part, last, rule.only_in)
        ]
        if parts:
            first, *others = parts
            tree.swap(last, first, _DONE + "flat")
            for other in others:
                tree.labels[other] = _DONE + "flat"


def _are_one_name(tree: Tree, first: int, last: int, kinds: frozenset[str]) -> bool:
    tokens = tree.doc[first : last + 1]
    if not kinds:
        return all(token.pos_ in {"PROPN", "X", "PUNCT"} for token in tokens)
    inside = all(token.ent_iob_ == "I" for token in tokens[1:])
    return tokens[0].ent_type_ in kinds and inside


def _rename(tree: Tree, table: LabelTable) -> None:
    for index in tree:
        tree.labels[index] = _our_label(tree, table, index)


def _our_label(tree: Tree, table: LabelTable, index: int) -> str:
    label = tree.labels[index]
    if label == ROOT or label.startswith(_DONE):
        return label.removeprefix(_DONE)
    if label in table.by_pos:
        by_pos = table.by_pos[label]
        found = by_pos.get(tree.pos(index), by_pos.get("", "dep"))
    elif label in table.by_governor:
        found = table.by_governor[label].get(_governor(tree, index), "dep")
    else:
        found = table.relations.get(label, "dep")
    if found == "det" and "Yes" in tree.doc[index].morph.get("Poss", []):
        return table.possessive_determiner
    return _modifier(tree, index) if found == PLACEHOLDER_MODIFIER else found


def _governor(tree: Tree, index: int) -> str:
    """Under what a clause stands, and whether it is an infinitive: the keys of ``by_governor``."""
    if tree.pos(tree.head(index)) not in VERBAL:
        return "other"
    form = tree.doc[index].morph.get("VerbForm", [])
    has_finite_auxiliary = any(tree.labels[child].startswith(_DONE + "aux") for child in tree.children(index))
    return "infinitive" if "Inf" in form and not has_finite_auxiliary else "verb"


def _modifier(tree: Tree, index: int) -> str:
    head = tree.head(index)
    is_predicate = any(tree.labels[child].removeprefix(_DONE) == "cop" for child in tree.children(head))
    return "obl" if tree.pos(head) in GOVERNS_OBLIQUE or is_predicate else "nmod"


def _name_passive_subjects(tree: Tree, table: LabelTable) -> None:
    passive = {tree.head(index) for index in tree if tree.labels[index] == "aux:pass"}
    for index in tree:
        if tree.head(index) in passive:
            tree.labels[index] = table.passive_subjects.get(tree.labels[index], tree.labels[index])
