"""The catalogue that is measured: records of the import's own form, deterministic, one line each."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

from bench.words import Words

SEED = 20261128
ORGANIZATIONS = 100
_TAGS = 400
_LICENSES = ("CC-BY-4.0", "CC0-1.0", "ODbL-1.0", "CC-BY-SA-4.0", "OGL-UK-3.0", None, None)
_FORMATS = ("csv", "parquet", "geojson", "json", "tiff", "netcdf", "shp", "xlsx")
_TYPES = ("string", "integer", "double", "date")
_ASSETS = (2, 3, 3, 4)
_VERSIONS = (1, 1, 1, 1, 1, 1, 1, 2, 2, 2)


def write(path: Path, number: int, offset: int = 0) -> None:
    """Write that many records, the first of which has this number in the catalogue."""
    with path.open("w") as file:
        file.writelines(f"{line}\n" for line in lines(number, offset))


def lines(number: int, offset: int = 0) -> Iterator[str]:
    """The records: about 3 assets and 1.3 versions each, 20 to 80 words of text."""
    words = Words(SEED)
    tags = [" ".join(words.draw(random.Random(f"tag {n}"), 1 + n % 2)) + f" {n}" for n in range(_TAGS)]
    for n in range(offset, offset + number):
        yield json.dumps(_record(n, random.Random(SEED + n), words, tags))


def _record(n: int, draw: random.Random, words: Words, tags: list[str]) -> dict:
    title = words.draw(draw, draw.randint(2, 6))
    versions = [f"v{2020 + m}" for m in range(draw.choice(_VERSIONS))]
    year = 2005 + int(21 * draw.random() ** 0.4)
    return {
        "dataset": f"{'_'.join(title[:3])}_{n}",
        "metadata": {
            "title": " ".join(title).capitalize(),
            "subtitle": " ".join(words.draw(draw, 6)) if draw.random() < 0.3 else None,
            "source": " ".join(words.draw(draw, 2)),
            "license": draw.choice(_LICENSES),
            "overview": " ".join(words.draw(draw, draw.randint(20, 80))),
            "tags": sorted({tags[int(_TAGS * draw.random() ** 2)] for _ in range(draw.randint(0, 5))}),
        },
        "organization": f"Organization {int(ORGANIZATIONS * draw.random() ** 2)}" if draw.random() < 0.5 else None,
        "updated_on": f"{year}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}",
        "versions": versions,
        "assets": [_asset(n, m, draw, words, versions) for m in range(draw.choice(_ASSETS))],
        "provenance": {"source": "bench", "native_id": str(n)},
    }


def _asset(n: int, m: int, draw: random.Random, words: Words, versions: list[str]) -> dict:
    format_ = draw.choice(_FORMATS)
    columns = words.draw(draw, draw.randint(0, 3))
    return {
        "asset_type": format_.upper(),
        "asset_uri": f"https://data.example/{n}/{m}.{format_}",
        "format": format_,
        "version": draw.choice(versions),
        "fields": [{"name": name, "data_type": draw.choice(_TYPES)} for name in dict.fromkeys(columns)],
    }
