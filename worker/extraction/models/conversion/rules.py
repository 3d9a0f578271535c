"""The structural changes between schemes that head by function words and UD, which heads by content words."""

from __future__ import annotations

from .table import PLACEHOLDER_MODIFIER, LabelTable
from .tree import GOVERNS_OBLIQUE, ROOT, VERBAL, Tree

# Between the steps a noun under an adposition carries one of these instead of a foreign label.
_CLAUSE = "clause-modifier"
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
    inherited = {*table.coordination.conjuncts, *table.copulas.predicates, ROOT}
    for adposition in tree:
        if rule.needs_pos and tree.pos(adposition) != rule.needs_pos:
            continue
        objects = tree.children_labelled(adposition, rule.objects)
        clauses = tree.children_labelled(adposition, rule.clauses)
        if not objects and not clauses:
            continue
        noun = (objects or clauses)[0]
        own = tree.labels[adposition]
        tree.swap(adposition, noun, _DONE + ("case" if objects else "mark"))
        if own not in inherited:
            role = rule.roles.get(own)
            placeholder = PLACEHOLDER_MODIFIER if objects else _CLAUSE
            tree.labels[noun] = _DONE + (role if role and objects else placeholder)


def _lower_auxiliaries(tree: Tree, table: LabelTable) -> None:
    """Turn "hat <- getroffen" into "getroffen <- hat", from the innermost auxiliary outwards."""
    rule = table.auxiliaries
    if rule is None:
        return
    for auxiliary in sorted(tree, key=lambda index: -_depth(tree, index)):
        if tree.pos(auxiliary) not in VERBAL or tree.lemma(auxiliary) not in rule.lemmas:
            continue
        verbs = tree.children_labelled(auxiliary, frozenset({rule.clause}))
        verbs = [verb for verb in verbs if _is_bare_nonfinite(tree, verb, rule.infinitive_particle)]
        if verbs:
            is_participle = "Part" in tree.doc[verbs[0]].morph.get("VerbForm", [])
            is_passive = tree.lemma(auxiliary) == rule.passive and is_participle
            tree.swap(auxiliary, verbs[0], _DONE + ("aux:pass" if is_passive else "aux"))


def _depth(tree: Tree, index: int) -> int:
    depth = 0
    while tree.heads[index] != index:
        index = tree.heads[index]
        depth += 1
    return depth


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
            siblings = tree.children_labelled(tree.heads[coordinator], rule.conjuncts)
            after = [conjunct for conjunct in siblings if conjunct > coordinator]
        if after:
            tree.heads[after[0]] = tree.heads[coordinator]
            tree.heads[coordinator], tree.labels[coordinator] = after[0], _DONE + "cc"
    for conjunct in tree:
        first = tree.heads[conjunct]
        if tree.labels[conjunct] in rule.conjuncts:
            while tree.labels[first] in rule.conjuncts:
                first = tree.heads[first]
            tree.heads[conjunct] = first


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
        label = tree.labels[index]
        if label.startswith(_DONE):
            tree.labels[index] = _resolved(tree, index, label.removeprefix(_DONE))
        elif label in table.by_pos:
            by_pos = table.by_pos[label]
            tree.labels[index] = _resolved(tree, index, by_pos.get(tree.pos(index), by_pos.get("", "dep")))
        elif label in table.by_governor:
            side = "verb" if tree.pos(tree.heads[index]) in VERBAL else "other"
            tree.labels[index] = _resolved(tree, index, table.by_governor[label][side])
        elif label != ROOT:
            tree.labels[index] = _resolved(tree, index, table.relations.get(label, "dep"))


def _resolved(tree: Tree, index: int, label: str) -> str:
    head = tree.heads[index]
    if label == PLACEHOLDER_MODIFIER:
        is_predicate = any(tree.labels[child].removeprefix(_DONE) == "cop" for child in tree.children(head))
        return "obl" if tree.pos(head) in GOVERNS_OBLIQUE or is_predicate else "nmod"
    if label == _CLAUSE:
        return "advcl" if tree.pos(head) in GOVERNS_OBLIQUE else "acl"
    return label


def _name_passive_subjects(tree: Tree, table: LabelTable) -> None:
    passive = {tree.heads[index] for index in tree if tree.labels[index] == "aux:pass"}
    for index in tree:
        if tree.heads[index] in passive:
            tree.labels[index] = table.passive_subjects.get(tree.labels[index], tree.labels[index])
