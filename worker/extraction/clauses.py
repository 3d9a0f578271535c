"""Finds the clauses of a sentence: at the commas, as German orthography sets them, or along the parse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from .document import Clause, Sentence
from .languages.cue_forms import Grammar
from .tokens import Token
from .words import is_finite, is_infinitive, is_participle, is_verbal, lower

Kind = Literal["main", "subordinate", "relative", "infinitive"]
_STOPS = frozenset(".!?…")
_BORDERS = frozenset(',;:–—()"[]')
_SUBORDINATE_DEPS = {"ccomp": "subordinate", "advcl": "subordinate", "csubj": "subordinate", "acl:relcl": "relative"}
_CLAUSE_DEPS = frozenset(
    {"ROOT", "root", "parataxis", "ccomp", "advcl", "csubj", "acl:relcl", "acl", "xcomp", "csubj:pass"}
)


@dataclass(slots=True)
class _Draft:
    """A clause while it is put together."""

    kind: Kind
    mark: str | None
    parent: int | None
    tokens: list[Token] = field(default_factory=list)
    trailing: list[Token] = field(default_factory=list)

    def is_open(self) -> bool:
        """Whether it still waits for its finite verb."""
        if self.kind in {"subordinate", "relative"}:
            return not any(is_verbal(token) for token in self.tokens if lower(token.text) != self.mark)
        return self.kind != "infinitive" and not any(map(is_finite, self.tokens))

    def awaits_participle(self) -> bool:
        """Whether its auxiliary still has no verb: ``hatte er Hilfe, darunter Geld, in Aussicht gestellt``."""
        verbs = [token for token in self.tokens if is_verbal(token)]
        return self.kind == "main" and len(verbs) == 1 and verbs[0].pos_ == "AUX"


def find_clauses(sentence: Sentence, grammar: Grammar) -> tuple[Clause, ...]:
    """Find the clauses of a sentence, in the order of their first words.

    Every word is in exactly one of them; punctuation at their borders is in none.
    """
    drafts = _by_commas(sentence, grammar) if grammar.clauses == "commas" else _by_parse(sentence, grammar)
    clauses = list(map(_finish, drafts))
    return tuple(_with_auxiliary(clause, clauses, sentence, grammar) for clause in clauses)


def _with_auxiliary(clause: Clause, clauses: Sequence[Clause], sentence: Sentence, grammar: Grammar) -> Clause:
    """Give a second predicate what it shares with the first: ``hat ihn getroffen und mit ihr gesprochen``.

    ``will travel and meet`` shares an auxiliary, ``plans to travel and meet`` the clause above the infinitive.
    """
    if clause.parent is None or clause.mark not in grammar.conjunctions or clause.finite is not None:
        return clause
    first = clauses[clause.parent]
    second = sentence.doc[clause.verbs[0]] if clause.verbs else None
    if second is None or (first.finite is not None and not _fits_below(second, sentence.doc[first.finite], grammar)):
        return clause
    if first.finite is not None:
        return replace(clause, finite=first.finite, verbs=(first.finite, *clause.verbs))
    if grammar.clauses == "parse" and first.kind == "infinitive":
        return replace(clause, kind="infinitive", mark=first.mark, parent=first.parent)
    return clause


def _fits_below(verb: Token, finite: Token, grammar: Grammar) -> bool:
    """Whether an auxiliary may stand before a second verb too: *will* before ``meet``, not before ``met``."""
    if grammar.clauses == "commas":
        return True  # looked at where the sentence was cut
    is_base = lower(verb.text) == verb.lemma_
    takes_participle = lower(finite.lemma_) in (*grammar.haves, *grammar.copulas)
    return finite.pos_ == "AUX" and is_base != takes_participle


def _finish(draft: _Draft) -> Clause:
    tokens = sorted(draft.tokens, key=lambda token: token.i)
    words = [token for token in tokens if lower(token.text) != draft.mark]
    verbs = tuple(token.i for token in words if is_verbal(token) and token.dep_ != "case")  # "according to"
    finite = next((token.i for token in words if is_finite(token)), None)
    if finite is None and verbs and draft.kind in {"subordinate", "relative"}:
        finite = verbs[-1]
    return Clause(tuple(token.i for token in tokens), draft.kind, draft.mark, draft.parent, finite, verbs)


def _by_commas(sentence: Sentence, grammar: Grammar) -> list[_Draft]:
    drafts: list[_Draft] = []
    for mark, segment in _segments(sentence, grammar):
        if mark is not None and drafts:
            drafts.append(_Draft(drafts[-1].kind, mark, len(drafts) - 1, segment))
            continue
        kind, word = _opening(segment, grammar, is_first=not drafts)
        if kind == "relative" and drafts and drafts[-1].awaits_participle() and not any(map(is_finite, segment)):
            drafts[-1].tokens.extend(segment)
        elif kind != "main":
            drafts.append(_Draft(kind, word, len(drafts) - 1 if drafts else None, segment))
        else:
            _place(drafts, segment)
    return drafts


def _place(drafts: list[_Draft], segment: list[Token]) -> None:
    """Put a segment without subordinator where it belongs: the clause that waits for a verb, else a new one."""
    has_finite = any(map(is_finite, segment))
    waiting = next((draft for draft in reversed(drafts) if draft.is_open()), None)
    if waiting is not None:
        waiting.tokens.extend(segment)
    elif has_finite or not drafts:
        drafts.append(_Draft("main", None, None, [*_front_field(drafts, segment), *segment]))
    else:
        drafts[-1].tokens.extend(segment)
        drafts[-1].trailing.extend(segment)


def _front_field(drafts: list[_Draft], segment: list[Token]) -> list[Token]:
    """Take what a clause that opens with its verb has before it: ``er sagte, der Chef, Jan Beispiel, sei da``."""
    before = drafts[-1].trailing if drafts else []
    first = next((token for token in segment if not token.is_punct), None)
    inside = {token.i for token in segment}
    if not before or first is None or not is_finite(first) or not any(token.head.i in inside for token in before):
        return []
    taken = {token.i for token in before}
    drafts[-1].tokens = [token for token in drafts[-1].tokens if token.i not in taken]
    drafts[-1].trailing = []
    return before


def _opening(segment: Sequence[Token], grammar: Grammar, *, is_first: bool) -> tuple[Kind, str | None]:
    words = [token for token in segment if not token.is_punct]
    if not words:
        return "main", None
    first = lower(words[0].text)
    second = lower(words[1].text) if len(words) > 1 else ""
    finite = [token for token in words[1:] if is_finite(token)]
    ends_in_verb = is_verbal(words[-1]) and len(words) > 1
    if first in grammar.subordinators and (words[0].pos_ != "ADP" or ends_in_verb):
        if not finite and _has_infinitive_mark(words, grammar):
            return "infinitive", first
        if finite or ends_in_verb:
            return "subordinate", first
    if words[0].pos_ == "ADV" and second in grammar.subordinators and finite:
        return "subordinate", second
    # A relative clause has a finite verb; "den Nachbarn Hilfe anzubieten" only begins like one.
    is_infinitive_clause = not finite and not is_first and _has_infinitive_mark(words, grammar)
    relative = first in grammar.relative_pronouns or (words[0].pos_ == "ADP" and second in grammar.relative_pronouns)
    if is_infinitive_clause:
        return "infinitive", None
    if relative and not is_first and ends_in_verb and len(words) > 2 and not _is_verb_second(words, finite):
        return "relative", first
    return "main", None


def _is_verb_second(words: Sequence[Token], finite: Sequence[Token]) -> bool:
    """``der Minister habe ihn getroffen`` behind *er sagte,*: an article before its noun, the finite verb not last."""
    article = words[0].pos_ == "DET" and words[0].dep_ == "det" and words[0].head in words[1:4]
    return article and bool(finite) and finite[0] is not words[-1]


def _has_infinitive_mark(words: Sequence[Token], grammar: Grammar) -> bool:
    for position, token in enumerate(words[1:], start=1):
        if is_infinitive(token) and lower(words[position - 1].text) in grammar.infinitive_marks:
            return True
        if (
            token.pos_ == "VERB"
            and any(mark in token.text[2:-3] for mark in grammar.infinitive_marks)
            and (is_infinitive(token) or token.tag_ == "VVIZU")
        ):
            return True
    return False


def _segments(sentence: Sentence, grammar: Grammar) -> list[tuple[str | None, list[Token]]]:
    """Cut at punctuation, and at a conjunction between two stretches that each have a finite verb."""
    cut: list[tuple[str | None, list[Token]]] = []
    current: list[Token] = []
    for token in (*sentence.tokens(), None):
        if token is None or (token.text in _BORDERS and (token.is_punct or token.pos_ == "PUNCT")):
            if current:
                cut.extend(_cut_at_conjunction(current, grammar))
            current = []
        elif token.text not in _STOPS:
            current.append(token)
    return cut


def _cut_at_conjunction(segment: list[Token], grammar: Grammar) -> list[tuple[str | None, list[Token]]]:
    for position, token in enumerate(segment):
        if token.pos_ == "CCONJ" and lower(token.text) in grammar.conjunctions:
            left, right = segment[:position], segment[position + 1 :]
            if _is_whole(left) and (any(map(is_finite, right)) or _shares_auxiliary(left, right)):
                rest = _cut_at_conjunction(right, grammar)
                return [(None, left), (lower(token.text), rest[0][1]), *rest[1:]]
    return [(None, segment)]


def _shares_auxiliary(left: list[Token], right: list[Token]) -> bool:
    """``hat ihn getroffen und mit ihr gesprochen``: the second participle has words of its own and the same *hat*.

    ``getroffen und gesprochen`` alone are one verb complex.
    """
    last = next((token for token in reversed(right) if not token.is_punct), None)
    if last is None or len(right) < 3 or not is_participle(left[-1]) or left[-1].tag_ == "ADJA":
        return False
    return is_participle(last) and last.pos_ == "VERB" and left[-1].pos_ == "VERB" and right[0].pos_ != "VERB"


def _is_whole(segment: list[Token]) -> bool:
    """Whether a stretch has its finite verb, and an auxiliary its lexical one: ``werden A und B kommen`` is one."""
    finite = [token for token in segment if is_finite(token)]
    if not finite:
        return False
    return finite[0].pos_ != "AUX" or any(token.pos_ == "VERB" for token in segment) or finite[0].lemma_ == "sein"


def _by_parse(sentence: Sentence, grammar: Grammar) -> list[_Draft]:
    tokens = [token for token in sentence.tokens() if token.text not in _BORDERS | _STOPS]
    heads = {token.i for token in tokens if _heads_clause(token)}
    drafts: dict[int, _Draft] = {}
    for token in tokens:
        head = _clause_head(token, heads, sentence)
        if head not in drafts:
            drafts[head] = _Draft(*_describe(sentence.doc[head], grammar), parent=None)
        drafts[head].tokens.append(token)
    order = list(drafts)
    for head, draft in drafts.items():
        above = sentence.doc[head].head
        if above.i != head and sentence.start <= above.i < sentence.end:
            parent = _clause_head(above, heads, sentence)
            draft.parent = order.index(parent) if parent in drafts and parent != head else None
    return list(drafts.values())


def _heads_clause(token: Token) -> bool:
    if token.dep_ in _CLAUSE_DEPS:
        return is_verbal(token) or token.dep_ != "acl" or any(child.dep_ == "cop" for child in token.children)
    return token.dep_ == "conj" and is_verbal(token) and is_verbal(token.head)


def _clause_head(token: Token, heads: set[int], sentence: Sentence) -> int:
    seen = token
    for _ in range(sentence.end - sentence.start):
        if seen.i in heads:
            return seen.i
        above = seen.head
        if above.i == seen.i or not sentence.start <= above.i < sentence.end:
            return seen.i
        seen = above
    return seen.i


def _describe(head: Token, grammar: Grammar) -> tuple[Kind, str | None]:
    mark = next((lower(child.text) for child in head.children if child.dep_ == "mark"), None)
    kind = _SUBORDINATE_DEPS.get(head.dep_, "main")
    is_to = any(child.dep_ in {"aux", "cop"} and is_finite(child) for child in head.children)  # "X is to meet Y"
    if head.dep_ in {"acl", "xcomp"} or (mark in grammar.infinitive_marks and not is_finite(head) and not is_to):
        return "infinitive", mark
    if head.dep_ == "conj":
        joining = (lower(child.text) for child in head.children if child.dep_ == "cc")
        return "main", mark or next(joining, grammar.conjunctions[0])
    if kind == "relative" and mark is not None:
        return "subordinate", mark  # "a report that it had met": a conjunction opens what is told, a pronoun a relative
    return ("relative" if kind == "relative" else "subordinate" if kind == "subordinate" else "main"), mark
