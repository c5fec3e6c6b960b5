"""A search text as a query of the index: what has to match, and what counts how much."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from tantivy import Occur, Query

from catalog.audiences import EVERYBODY, SIGNED_IN
from catalog.search.clauses import all_of, any_of, between, one_of, silent, term
from catalog.search.language import Part, Sought
from catalog.search.schema import VALUE, schema, stem
from catalog.search.searcher import Searcher
from catalog.search.words import is_unspaced

# What a word counts where it is found; `text` holds all that the other fields hold.
_WEIGHTS = {"text": 1.0, "exact": 0.6, "title": 3.5, "names": 2.5, "tags": 1.2, "columns": 0.4}
# Those of them in which a word stands that stands in any.
_DECIDING = {field: _WEIGHTS[field] for field in ("text", "exact", "names")}
_STEMMED = {"text", "title", "tags", "columns"}
_WHOLE_TITLE, _WHOLE_SLUG, _PHRASE = 6.0, 30.0, 3.0
# A beginning of a word, and the end of one in a name: less than any whole word.
_PART_OF_WORD = 0.2
_SHORTEST_BEGINNING, _SHORTEST_END = 2, 4
# A word that stands in so many documents is hardly the beginning of two that were typed in one.
_FREQUENT = 1_000
# From here on it takes longer to go through the documents of a word than to leave them out.
_VERY_FREQUENT = 20_000
# Words that need not be found where there are others.
_FILLERS = frozenset(
    (
        *("a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "how", "in", "into", "is", "it"),
        *("its", "of", "on", "or", "that", "the", "this", "to", "with"),
    )
)
_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in r"\.+*?()|[]{}^$#&-~"})


@dataclass(frozen=True)
class Looking:
    """How words are looked for: by each way the same documents match, in more or less time."""

    frequent: Collection[str] = ()
    """Words of which it is not asked what words joined to one they begin: they stand in very many documents."""
    very_frequent: Collection[str] = ()
    """Those of which it is asked what they begin without themselves, which has its price too."""
    is_scored: bool = True
    """Whether somebody asks how well a document matches."""
    in_titles: bool = False
    """Whether only those are of interest that have every word in their titles; they are weighed by titles, names and
    tags alone."""
    among: Query | None = None
    """A few documents, if only those are of interest: others are passed over where a word is looked for.

    Alternatives that are narrowed together are all gone through; narrowed one by one they are leapt through.
    """

    @classmethod
    def of(cls, sought: Sought, searcher: Searcher, **how: Any) -> "Looking":
        """How the words of `sought` are looked for in what `searcher` holds, and `how` else."""
        return cls(frequent_words(sought, searcher), frequent_words(sought, searcher, _VERY_FREQUENT), **how)

    @property
    def weights(self) -> Mapping[str, float]:
        """The fields in which a word is looked for, and what it counts in each."""
        return _WEIGHTS if self.is_scored else _DECIDING

    def one_of(self, alternatives: Sequence[Query]) -> Query:
        """What matches one of `alternatives`."""
        if self.among is None or len(alternatives) == 1:
            return any_of(*alternatives)
        return any_of(*(all_of(one, silent(self.among)) for one in alternatives))


def query_of(sought: Sought, periods: dict[Part, tuple[datetime | None, datetime | None]], looking: Looking) -> Query:
    """What matches `sought`: every part, and none that is excluded; `periods` are those of its terms `updated:`.

    Documents that are not `among` those that are of interest may match or not.
    """
    needed = [part for part in sought.parts if not part.is_excluded and part.name is None]
    words = sought.words
    clauses: list[tuple[Occur, Query]] = []
    has_more = any(word not in _FILLERS for word in words)
    for number, part in enumerate(needed):
        is_last = part is sought.parts[-1] and number == len(needed) - 1
        clauses += _of_words(part, looking, is_last=is_last, has_more=has_more)
    clauses += _as_a_whole(words) if looking.is_scored else []
    for name, parts in sought.terms.items():
        wanted = [_of_term(name, part, periods) for part in parts if not part.is_excluded]
        clauses += [(Occur.Must, silent(any_of(*wanted)))] if wanted else []
        clauses += [(Occur.MustNot, _of_term(name, part, periods)) for part in parts if part.is_excluded]
    clauses += [
        (Occur.MustNot, _together(part.words)) for part in sought.parts if part.is_excluded and part.name is None
    ]
    if not any(occur == Occur.Must for occur, _ in clauses):
        clauses.append((Occur.Must, Query.all_query()))
    return Query.boolean_query(clauses)


def frequent_words(sought: Sought, searcher: Searcher, least: int = _FREQUENT) -> list[str]:
    """The words of `sought` that stand in very many documents, in `least` or more."""
    return [word for word in sought.words if searcher.doc_freq("exact", word) >= least]


def called(words: Sequence[str]) -> Query:
    """What has each of `words` in its name, the last one as the beginning of a word maybe; the best first."""
    clauses = []
    for word in words:
        found = [
            Query.boost_query(term("title", stem(word)), _WEIGHTS["title"]),
            Query.boost_query(term("names", word), _WEIGHTS["names"]),
        ]
        if word is words[-1]:
            found.append(Query.const_score_query(_longer("names", word), _PART_OF_WORD))
        clauses.append((Occur.Must, any_of(*found)))
    return Query.boolean_query([*clauses, *_as_a_whole(list(words))]) if words else Query.empty_query()


def limited_to(query: Query, audience: Iterable[str] | None) -> Query:
    """`query` among what reaches one of `audience`; all of them for None."""
    return query if audience is None else all_of(query, _heard_by(audience))


def few_limited_to(query: Query, audience: Sequence[str]) -> Query:
    """The same of a query that few documents match.

    These leap through the documents of a name that very many bear, one by one; several names together would be gone
    through whole.
    """
    of_many = [name for name in audience if name in (EVERYBODY, SIGNED_IN)]
    names = [*([name] for name in of_many), [name for name in audience if name not in of_many]]
    return Query.disjunction_max_query([all_of(query, _heard_by(some)) for some in names if some])


def _heard_by(names: Iterable[str]) -> Query:
    return silent(one_of("value.audience", names))


def titled(sought: Sought) -> Query | None:
    """What has every word of `sought` in its title, but for small ones; None where it has no words."""
    words = [word for word in sought.words if word not in _FILLERS] or sought.words
    return all_of(*map(_in_title, words)) if words else None


def _in_title(word: str) -> Query:
    return Query.boost_query(term("title", stem(word)), _WEIGHTS["title"])


def _of_words(part: Part, looking: Looking, *, is_last: bool, has_more: bool) -> list[tuple[Occur, Query]]:
    if part.is_quoted:
        in_title = [_in_title(word) for word in part.words] if looking.in_titles else []
        return [(Occur.Must, query) for query in (_together(part.words), *in_title)]
    bare = [(word, is_last and word is part.words[-1]) for word in part.words]
    return [
        (
            Occur.Should if has_more and word in _FILLERS else Occur.Must,
            _of_word(word, looking, may_go_on=may_go_on),
        )
        for word, may_go_on in bare
    ]


def _of_word(word: str, looking: Looking, *, may_go_on: bool) -> Query:
    """One word wherever it stands; where it `may_go_on`, it may be the beginning of a longer one.

    Neighbours in names that are joined to one word (`tree-cover`: `treecover`) begin with the first of them, by which
    they are found anyway; to look through all that a frequent word begins takes longer than all the rest.
    """
    if looking.in_titles:
        others = {"names": word, "tags": stem(word)}
        weighed = [Query.boost_query(term(field, one), _WEIGHTS[field]) for field, one in others.items()]
        return Query.boolean_query([(Occur.Must, _in_title(word)), *((Occur.Should, one) for one in weighed)])
    found = [
        Query.boost_query(Query.term_query(schema(), field, stem(word) if field in _STEMMED else word), weight)
        for field, weight in looking.weights.items()
    ]
    if may_go_on and len(word) >= _SHORTEST_BEGINNING:
        begun = _longer("exact", word) if word in looking.very_frequent else _beginning("exact", word)
        found.append(Query.const_score_query(begun, _PART_OF_WORD))
        if word not in looking.frequent:
            found.append(Query.const_score_query(_beginning("names", word), _PART_OF_WORD))
    if len(word) == 1 and is_unspaced(word):
        found += [Query.const_score_query(_pairs_with(field, word), _PART_OF_WORD) for field in ("exact", "names")]
    if len(word) >= _SHORTEST_END and word.isascii():
        found.append(Query.const_score_query(_beginning("ends", word), _PART_OF_WORD))
    return looking.one_of(found)


def _as_a_whole(words: list[str]) -> list[tuple[Occur, Query]]:
    """What all words in a row count for in a title, and as an id."""
    if not words:
        return []
    whole = [Query.boost_query(term("value.slug", sign.join(words)), _WHOLE_SLUG) for sign in ("-", "_", "")]
    if len(words) > 1:
        stems = [stem(word) for word in words]
        whole.append(Query.boost_query(Query.phrase_query(schema(), "title", stems), _WHOLE_TITLE))
        whole.append(Query.boost_query(Query.phrase_query(schema(), "text", stems, slop=2), _PHRASE))
    return [(Occur.Should, query) for query in whole]


def _together(words: tuple[str, ...]) -> Query:
    """Words one after another; a single one as it is written, without its other forms."""
    if len(words) == 1:
        return any_of(term("exact", words[0]), term("names", words[0]))
    return Query.phrase_query(schema(), "text", [stem(word) for word in words])


def _of_term(name: str, part: Part, periods: dict[Part, tuple[datetime | None, datetime | None]]) -> Query:
    if name == "column":
        stems = [(Occur.Must, term("columns", stem(word))) for word in part.words]
        return Query.boolean_query(stems) if stems else Query.empty_query()
    if name == "updated":
        return between(*periods[part]) if part in periods else Query.all_query()
    return one_of(f"{VALUE}.{name}", part.values)


def _beginning(field: str, word: str) -> Query:
    """Documents in a field of which a word stands that begins so, or is `word`: by an automaton that costs nothing."""
    return Query.fuzzy_term_query(schema(), field, word, distance=0, prefix=True)


# Each takes 120 kB and a third of a millisecond; one request asks for the same several times.
@lru_cache(maxsize=32)
def _longer(field: str, word: str) -> Query:
    """The same without `word` itself: of a frequent one every document that it stands in would be gone through."""
    return Query.regex_query(schema(), field, f"{word.translate(_SPECIAL)}.+")


@lru_cache(maxsize=32)
def _pairs_with(field: str, sign: str) -> Query:
    return Query.regex_query(schema(), field, f"{sign}.|.{sign}")
