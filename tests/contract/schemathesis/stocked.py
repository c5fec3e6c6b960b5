"""A catalog that holds something of each kind, and what the arguments of addresses and bodies can be called in it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from flask import Flask
from schemathesis.schemas import APIOperation

from app import create_app
from tests.conftest import make_settings, rolled_back
from tests.support.callers import Script
from tests.support.given import PASSWORD, Given

FILES = "https://files.example"
# One asset of each way to describe assets, and one of which its source says odd things.
ASSETS = (
    {
        "kind": "csv",
        "uri": f"{FILES}/trees.csv",
        "fields": [{"name": "height", "data_type": "float64"}, "planted"],
        "metadata": {
            "stats": {"rows": 5},
            "creation_options": {"delimiter": ","},
            "tags": ["trees"],
            "sha256": "a" * 64,
        },
    },
    {"kind": "Dynamic vector tile cache", "uri": f"{FILES}/{{z}}/{{x}}/{{y}}.pbf", "metadata": {"min_zoom": 3}},
    {
        "kind": "Raster tile set",
        "uri": "s3://trees/{tile}.tif",
        "metadata": {"bands": [{"pixel_meaning": "cover", "unit": "%", "statistics": {"mean": 3}}], "resolution": 30},
    },
    {"kind": "COG", "uri": "s3://trees/all.tif", "metadata": {"block_size": 512, "resampling": "mean"}},
    {"kind": "GTFS-RT vp", "uri": None, "size_bytes": 7},
    {
        "kind": "Raster tile cache",
        "uri": f"{FILES}/odd",
        "status": "pending",
        "metadata": {"min_zoom": "deep", "max_zoom": 1e300, "tags": {"a": 1}, "stats": [1], "bands": "none"},
    },
)
ODD_VERSION = {
    "label": "Release 55",
    "metadata": {"spatial_resolution": "10 m", "scale": 5, "citation": ["Me"]},
    "language": ["en"],
    "task_categories": ["tabular"],
    "splits": {"train": {"rows": 3}},
    "origin": {"by": None},
    "row_count": 7,
    "file_size_bytes": 10**13,
}
ODD_EXTRA = {"extent": {"spatial": {"bbox": [["west", 0, 1, 2]]}}, "language": 5, "nested": [{"a": [None]}]}


@dataclass(frozen=True)
class Stocked:
    """The catalog, a token of whoever owns what is in it, and the names that its addresses know."""

    app: Flask
    token: str
    arguments: Mapping[str, Sequence[str]]
    """By the name of an argument in addresses."""

    def paths_of(self, operation: APIOperation) -> list[dict[str, str]]:
        """The arguments of the addresses of `operation`, in every combination of names."""
        names = [one.name for one in operation.path_parameters]
        return [dict(zip(names, values, strict=True)) for values in product(*(self.arguments[name] for name in names))]


# Bodies that are right, by address.
BODIES: dict[str, Sequence[Any]] = {
    "/auth/token": [{"username": "alice", "password": PASSWORD}],
    "/auth/apikey": [{"alias": "mine", "organization": "", "email": "alice@example.org", "domains": ["*.example.org"]}],
    "/api/v1/org/{org}/datasets/{name}/visibility": [{"is_public": True}, {"is_public": False}],
    "/api/v1/org/{org}/datasets/{name}/{version}/download": [{"format": "raw"}],
}
# Values of parameters on which it depends what an answer holds.
QUERIES: dict[str, Sequence[str]] = {
    "include_dataset_metadata": ["true"],
    "page[number]": ["1"],
    "unnamed": ["true"],
    "include_public": ["true"],
    "format": ["json", "jsonl", "csv", "html", "xlsx", "xml", "rss"],
}


@contextmanager
def stocked(database_url: str, folder: Path) -> Iterator[Stocked]:
    """Such a catalog over that migrated database, for callers without limits; all that is written is undone."""
    app = create_app(make_settings(folder, database_url=database_url, rate_limit=0))
    with rolled_back(app):
        given = Given(app)
        alice = given.user("alice", password=PASSWORD, email="alice@example.org")
        _fill(given, alice)
        token = given.token(alice, scope="write")
        yield Stocked(app, token, _arguments(Script(app), token))


def _fill(given: Given, alice) -> None:
    bob = given.user("bob")
    team = given.organization("forest-team", members={alice: "admin"})
    given.dataset(
        "trees",
        owner=alice,
        organization=team,
        versions=["1.0.0", {"label": "1.1.0", "row_count": 7, "file_size_bytes": 9}],
        assets=ASSETS,
        tags=["forest"],
        license="ODbL-1.0",
        spatial_resolution=10.5,
    )
    box = {"extent": {"spatial": {"bbox": [[-10, -20, 30, 40]]}}}
    given.dataset("maps", owner=alice, visibility="public", versions=["1.0.0"], extra=box)
    given.dataset("seeds", owner=alice, visibility="internal")
    given.dataset("odd", owner=alice, visibility="public", versions=[ODD_VERSION], assets=ASSETS, extra=ODD_EXTRA)
    given.dataset("sketch", owner=alice, is_unnamed=True, versions=["1.0.0"])
    given.dataset("gifts", owner=bob, shared_with=[alice], versions=["1.0.0"])
    given.rename(given.dataset("elms", owner=alice, visibility="public", versions=["1.0.0"]), "oaks")


def _arguments(client: Script, token: str) -> dict[str, Sequence[str]]:
    """What each argument of an address can be: mostly what is there, and of some what is not."""
    listed = client.get("/v2/datasets?unnamed=1", token=token).json["data"]["items"]
    assets = [one["asset_id"] for one in client.get("/assets", token=token).json["data"]]
    [key] = BODIES["/auth/apikey"]
    [raw] = BODIES["/api/v1/org/{org}/datasets/{name}/{version}/download"]
    download = client.post("/api/v1/org/forest-team/datasets/trees/1.1.0/download", token=token, json=raw)
    return {
        "dataset": ["trees", "maps", "seeds", "odd", "elms", "gifts", "nothing"],
        "version": ["v1.0.0", "1.1.0", "Release 55", "0.0.0", "latest"],
        "rest": ["metadata", "assets"],
        "asset_id": assets,
        "field_name": ["height", "cover"],
        "api_key": [client.post("/auth/apikey", token=token, json=key).json["data"]["api_key"], "cat_nothing"],
        "dataset_id": [*(one["id"] for one in listed), "~trees", "alice~odd", "nothing"],
        "user_id": ["me", "alice", "bob", "nobody"],
        "org": ["forest-team", "alice"],
        "name": ["trees", "maps", "odd", "seeds"],
        "download_id": [download.json["download_id"]],
        "ws": ["main"],
        "project": ["nothing"],
    }
