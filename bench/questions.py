"""What is asked of the catalog, and how."""

import random
from collections.abc import Mapping, Sequence

from bench.asking import Request
from bench.making import SEED
from bench.words import COMMON, Words

_HTML = "text/html"
_RARE = 2000
_QUERIES = 200


def questions(tokens: Sequence[str], slugs: Sequence[str], total: int) -> Mapping[str, Sequence[Request]]:
    """Requests by what they ask; `slugs` are some datasets that a visitor sees, of `total`."""
    words, draw = Words(SEED), random.Random(SEED)
    last = -(-total // 25)
    jumps = [draw.randint(1, last) for _ in range(_QUERIES)]
    rare = [words.of_rank(_RARE + 7 * number) for number in range(_QUERIES)]
    pairs = [f"{draw.choice(COMMON)}+{word}" for word in rare]
    return {
        "GFW page 1, visitor": [Request("/datasets?page[size]=25")],
        "GFW page 1, token": [Request("/datasets?page[size]=25", token) for token in tokens],
        "GFW pages 2 to 100": [Request(f"/datasets?page[size]=25&page[number]={n}") for n in range(2, 101)],
        "GFW any page": [Request(f"/datasets?page[size]=25&page[number]={n}") for n in jumps],
        "GFW last page": [Request(f"/datasets?page[size]=25&page[number]={last}")],
        "GFW assets, page 1": [Request("/assets?page[size]=25")],
        "Apify page 1, token": [Request("/v2/datasets?limit=25", token) for token in tokens],
        "org page 1, token": [
            Request("/api/v1/org/organization-0/datasets?limit=25&include_public=true", token) for token in tokens
        ],
        "HTML page 1, visitor": [Request("/datasets", accept=_HTML)],
        "HTML page 1 by name": [Request("/datasets?sort=name", accept=_HTML)],
        "HTML one dataset": [Request(f"/datasets/{slug}", accept=_HTML) for slug in slugs],
        "search, common word": [Request(f"/datasets?q={word}", accept=_HTML) for word in COMMON[:4]],
        "search, rare word": [Request(f"/datasets?q={word}", accept=_HTML) for word in rare],
        "search, beginning of a word": [Request(f"/datasets?q={word[:4]}", accept=_HTML) for word in rare],
        "search, slip": [Request(f"/datasets?q={_slipped(word)}", accept=_HTML) for word in rare],
        "suggestions": [Request(f"/suggest?q={word[:4]}") for word in rare],
        "HTML facets, a format chosen": [Request("/datasets?format=csv", accept=_HTML)],
        "search, two words": [Request(f"/datasets?q={pair}", accept=_HTML) for pair in pairs],
    }


def _slipped(word: str) -> str:
    """`word` with two letters swapped."""
    return f"{word[:1]}{word[2:3]}{word[1:2]}{word[3:]}"
