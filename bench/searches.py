"""What is looked for in the catalog: words by how frequent they are, beginnings, slips, and what is suggested."""

import random
from collections.abc import Iterator
from urllib.parse import quote_plus

from bench.making import SEED
from bench.questions import Known, Question
from bench.targets import Target
from bench.wire import HTML
from bench.words import COMMON, Words

# From so rare a word on: a few of a thousand datasets have it.
_RARE = 5000
_NUMBER = 200
_ANY_RARE = Target(p50=10, growth=1.5)
_ANY_COMMON = Target(p50=60, p99=150)


def searches(known: Known) -> Iterator[Question]:
    """Searches of datasets as pages with facets, of assets, and suggestions; half of them by visitors."""
    words, draw = Words(SEED), random.Random(SEED)
    rare = [words.of_rank(_RARE + 7 * number) for number in range(_NUMBER)]
    asked = {
        "a word in nearly every record": (COMMON[:2], _ANY_COMMON),
        "a common word": (COMMON[2:40], _ANY_COMMON),
        "a rare word": (rare, _ANY_RARE),
        "two words": ([f"{draw.choice(COMMON)} {word}" for word in rare], Target()),
        "words by Zipf's law": ([" ".join(words.draw(draw, draw.randint(1, 2))) for _ in rare], Target()),
        "the beginning of a word": ([word[:4] for word in rare], Target()),
        "a slip": ([_slipped(word) for word in rare], Target()),
        "a phrase": ([f'"{draw.choice(COMMON)} {draw.choice(COMMON)}"' for _ in rare], Target()),
        "a common word by title": ([f"{word}&sort=name" for word in COMMON[:4]], Target()),
    }
    for name, (texts, target) in asked.items():
        paths = [f"/datasets?q={_quoted(text)}" for text in texts]
        yield Question(f"search, {name}", known.by_all(paths, HTML), target)
    yield Question("GFW search, a rare word", known.by_all([f"/datasets?page[size]=25&q={word}" for word in rare]))
    yield Question("GFW assets, a rare word", known.by_all([f"/assets?page[size]=25&q={word}" for word in rare]))
    yield Question("HTML assets, a rare word", known.by_all([f"/assets?q={word}" for word in rare], HTML))
    yield Question("suggestions", known.by_all([f"/suggest?q={word[:4]}" for word in rare]), Target(p50=15))


def _slipped(word: str) -> str:
    """`word` with two letters swapped."""
    return f"{word[:1]}{word[2:3]}{word[1:2]}{word[3:]}"


def _quoted(text: str) -> str:
    """`text` in an address; what follows a & is another parameter."""
    words, mark, more = text.partition("&")
    return quote_plus(words) + mark + more
