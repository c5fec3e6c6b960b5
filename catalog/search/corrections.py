"""What a search text was meant to be, where a word of it is not found and a near one is."""

from collections.abc import Callable
from dataclasses import replace

from tantivy import Occur, Query

from catalog.search.language import Part, Sought
from catalog.search.schema import schema
from catalog.search.searcher import Searcher

# A word of so many letters may have one wrong, a longer one two.
_ONE_WRONG, _TWO_WRONG = 4, 6
# A word that is found may be a slip all the same, where a near one is found so much more often.
_FAR_MORE = 20


def corrected(searcher: Searcher, sought: Sought, limited: Callable[[Query], Query]) -> Sought | None:
    """`sought` with its words that are not found replaced by near ones that are; None where there is nothing to mend.

    `limited` narrows a query to what the viewer may see: only words from there are proposed.
    """
    parts = [_corrected_part(searcher, part, sought, limited) for part in sought.parts]
    return replace(sought, parts=tuple(parts)) if parts != list(sought.parts) else None


def _corrected_part(searcher: Searcher, part: Part, sought: Sought, limited: Callable[[Query], Query]) -> Part:
    if part.name is not None or part.is_excluded:
        return part
    words = tuple(_corrected_word(searcher, word, sought, limited) for word in part.words)
    return part if words == part.words else replace(part, words=words, text=" ".join(words))


def _corrected_word(searcher: Searcher, word: str, sought: Sought, limited: Callable[[Query], Query]) -> str:
    if len(word) < _ONE_WRONG or word.isdigit():
        return word
    nearest, count = _nearest(searcher, word, sought, limited)
    return nearest if count > _FAR_MORE * _frequency(searcher, word, limited) else word


def _nearest(searcher: Searcher, word: str, sought: Sought, limited: Callable[[Query], Query]) -> tuple[str, int]:
    """The word most like `word`, beside the others if possible, and how many documents hold it; else "" and 0."""
    from rapidfuzz.distance import OSA  # when it is needed: it takes a tenth of the time in which a process starts

    distance = 1 if len(word) < _TWO_WRONG else 2
    alike = limited(Query.fuzzy_term_query(schema(), "exact", word, distance))
    beside = _beside(word, sought, alike)
    found: dict[str, tuple[int, int, int]] = {}
    for is_apart, query in enumerate((beside, alike)):
        for other, count in searcher.terms_with_prefix("exact", word[0], filter_query=query):
            away = OSA.distance(word, other, score_cutoff=distance)
            if other != word and away <= distance:
                found.setdefault(other, (away, is_apart, -count))
    if not found:
        return "", 0
    nearest = min(found, key=lambda other: found[other])
    return nearest, -found[nearest][2]


def _beside(word: str, sought: Sought, alike: Query) -> Query:
    """What is `alike` and holds another word of the text, where there is one."""
    others = [Query.term_query(schema(), "exact", other) for other in sought.words if other != word]
    if not others:
        return alike
    return Query.boolean_query(
        [(Occur.Must, alike), (Occur.Must, Query.boolean_query([(Occur.Should, other) for other in others]))]
    )


def _frequency(searcher: Searcher, word: str, limited: Callable[[Query], Query]) -> int:
    return searcher.search(limited(Query.term_query(schema(), "exact", word)), 1).count
