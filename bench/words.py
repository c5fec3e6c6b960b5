"""Words that are as frequent as words are: a few nearly everywhere, most of them hardly anywhere."""

import random
from bisect import bisect
from itertools import accumulate

COMMON = (
    *("data", "the", "of", "and", "by", "in", "for", "annual", "global", "national", "survey", "records", "monthly"),
    *("observations", "index", "statistics", "population", "forest", "water", "land", "cover", "loss", "climate"),
    *("temperature", "rainfall", "soil", "energy", "transport", "health", "schools", "crime", "housing", "income"),
    *("trade", "emissions", "air", "quality", "noise", "roads", "bridges", "rivers", "lakes", "coast", "satellite"),
    *("images", "speech", "text", "genome", "proteins", "cells", "patients", "hospital", "vaccines", "elections"),
)
_BEGINNINGS = (*"bcdfghjklmnpqrstvwz", "br", "ch", "dr", "fl", "pl", "qu", "sh", "st", "tr")
_MIDDLES = (*"aeiou", "ai", "ea", "io", "ou")
_ENDINGS = ("", *"lmnrst", "nd", "rk", "st")
_VOCABULARY = 60_000


class Words:
    """A vocabulary with the frequencies of Zipf's law; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        draw = random.Random(seed)
        made = dict.fromkeys(COMMON)
        while len(made) < _VOCABULARY:
            parts = (_BEGINNINGS, _MIDDLES, _ENDINGS)
            made.setdefault("".join(draw.choice(part) for _ in range(draw.randint(2, 3)) for part in parts))
        self.all = list(made)
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.all))))

    def draw(self, draw: random.Random, number: int) -> list[str]:
        """So many words, drawn by their frequency."""
        return [self.all[bisect(self._weights, draw.random() * self._weights[-1])] for _ in range(number)]

    def of_rank(self, rank: int) -> str:
        """The word of that rank, 0 for the most frequent one."""
        return self.all[rank]
