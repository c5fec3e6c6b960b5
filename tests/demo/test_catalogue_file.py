"""The demo catalogue as a file: what it promises to a newcomer and to the import that reads it."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from catalog.vocabulary.formats import short_format
from catalog.vocabulary.slugs import is_slug
from catalog.vocabulary.versions import derive

PATH = "catalog/demo/catalogue.jsonl"
FILE = Path(__file__).parents[2] / PATH
LONGEST_LINE = 100_000

RECORD_KEYS = [
    *("dataset", "metadata", "organization", "created_on", "updated_on", "versions", "assets", "provenance", "extra"),
]
SEED_KEYS = [
    *("title", "subtitle", "source", "license", "data_language"),
    *("overview", "citation", "cautions", "tags", "learn_more"),
]
FURTHER_KEYS = {
    *("spatial_resolution", "resolution_description", "geographic_coverage", "update_frequency"),
    *("scale", "function", "key_restrictions", "why_added"),
}
VERSION_KEYS = {
    *("version", "content_date", "content_start", "content_end", "content_date_description"),
    *("row_count", "file_size_bytes", "last_update", "is_latest"),
}
VERSION_DATES = ("content_date", "content_start", "content_end", "last_update")
ASSET_KEYS = {
    *("asset_type", "asset_uri", "format", "fields", "version", "name", "description"),
    *("size_in_bytes", "mediatype", "is_default", "bands", "resolution"),
}
FIELD_KEYS = {"name", "alias", "data_type", "unit", "description", "is_feature_info", "is_filter"}
BAND_KEYS = [
    *("pixel_meaning", "unit", "description", "statistics"),
    *("values_table", "data_type", "compression", "no_data_value"),
]
EXTRA_KEYS = {"task_categories", "language", "splits", "doi"}

URL_IN_TEXT = re.compile(r"\b(?:https?|s3|gs)://[^\s)`'\"<>]+")
MARKDOWN_LINK = re.compile(r"\[([^][]+)\]\(([^()\s]+(?:\([^()\s]*\)[^()\s]*)*)\)")
PLACE_IN_TILES = re.compile(r"\{(?:tile_id|x|y|z)\}")


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return FILE.read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def records(lines: list[str]) -> list[dict]:
    return [json.loads(line) for line in lines]


def test_holds_one_record_a_line_and_no_line_is_too_long(lines):
    assert FILE.read_bytes().endswith(b"}\n")
    assert [line[:80] for line in lines if not isinstance(json.loads(line), dict)] == []
    assert [line[:80] for line in lines if len(line.encode()) >= LONGEST_LINE] == []


def test_has_at_least_forty_records(records):
    assert len(records) >= 40


def test_every_record_has_the_agreed_keys_in_the_agreed_order(records):
    assert [record["dataset"] for record in records if list(record) != RECORD_KEYS] == []
    assert [record["dataset"] for record in records if list(record["metadata"])[:10] != SEED_KEYS] == []
    assert [record["dataset"] for record in records if not set(record["metadata"]) <= {*SEED_KEYS, *FURTHER_KEYS}] == []
    assert [record["dataset"] for record in records if not set(record["extra"]) <= EXTRA_KEYS] == []


def test_slugs_can_be_taken_are_unique_and_sorted(records):
    slugs = [record["dataset"] for record in records]
    assert [slug for slug in slugs if not is_slug(slug)] == []
    assert slugs == sorted(set(slugs))


def test_every_record_says_that_it_comes_from_the_demo(records):
    assert [record["provenance"] for record in records] == [
        {"source": "demo", "path": PATH, "native_id": record["dataset"]} for record in records
    ]


def test_texts_are_texts_without_blanks_around_them(records):
    assert [text for text in texts(records) if not text or text != text.strip()] == []


def test_every_dataset_has_a_title_a_source_tags_and_a_page_to_learn_more(records):
    wanted = ("title", "subtitle", "source", "citation", "cautions", "tags", "learn_more")
    assert [(r["dataset"], key) for r in records for key in wanted if not r["metadata"][key]] == []
    assert [r["dataset"] for r in records if len(set(r["metadata"]["tags"])) != len(r["metadata"]["tags"])] == []


def test_versions_are_labels_or_objects_with_known_keys_and_no_label_twice(records):
    assert [version for version in described_versions(records) if not set(version) <= VERSION_KEYS] == []
    assert [record["dataset"] for record in records if len(set(labels(record))) < len(record["versions"])] == []


def test_versions_stand_from_the_oldest_to_the_newest(records):
    for record in records:
        names = derive(labels(record))
        assert sorted(labels(record), key=lambda label: names[label].key) == labels(record), record["dataset"]


def test_dates_are_real_days(records):
    dates = [record[key] for record in records for key in ("created_on", "updated_on")]
    dates += [version.get(key) for version in described_versions(records) for key in VERSION_DATES]
    assert [day for day in dates if day is not None and not is_day(day)] == []
    assert len([day for day in dates if day is not None]) > 50


def test_no_period_ends_before_it_begins(records):
    periods = [(record["created_on"], record["updated_on"]) for record in records]
    periods += [(version.get("content_start"), version.get("content_end")) for version in described_versions(records)]
    assert [(begin, end) for begin, end in periods if begin and end and begin > end] == []


def test_counts_and_sizes_are_whole_and_positive(records):
    counts = ("row_count", "file_size_bytes")
    numbers = [version[key] for version in described_versions(records) for key in counts if key in version]
    numbers += [asset["size_in_bytes"] for asset in assets(records) if "size_in_bytes" in asset]
    assert numbers
    assert [number for number in numbers if type(number) is not int or number <= 0] == []


def test_assets_have_a_kind_and_known_keys(records):
    assert [asset for asset in assets(records) if not asset["asset_type"] or not set(asset) <= ASSET_KEYS] == []


def test_assets_belong_to_versions_of_their_dataset(records):
    for record in records:
        strangers = {asset["version"] for asset in record["assets"] if "version" in asset} - set(labels(record))
        assert strangers == set(), record["dataset"]


def test_assets_say_their_version_where_there_are_several(records):
    several = [record for record in records if len(record["versions"]) > 1]
    assert [r["dataset"] for r in several if not all("version" in asset for asset in r["assets"])] == []


def test_at_most_one_asset_of_a_version_is_the_default(records):
    defaults = Counter(
        (record["dataset"], asset.get("version"))
        for record in records
        for asset in record["assets"]
        if asset.get("is_default")
    )
    assert [version for version, count in defaults.items() if count > 1] == []


def test_every_field_has_a_name_of_its_own_and_a_description(records):
    for asset in assets(records):
        names = [field["name"] for field in asset["fields"]]
        assert len(names) == len(set(names)), asset["asset_uri"]
        assert all(names), asset["asset_uri"]
        assert all(field["description"] for field in asset["fields"]), asset["asset_uri"]
        assert [field for field in asset["fields"] if not set(field) <= FIELD_KEYS] == []


def test_bands_of_rasters_are_their_fields_too(records):
    rasters = [asset for asset in assets(records) if "bands" in asset]
    assert rasters
    for asset in rasters:
        assert [band for band in asset["bands"] if list(band) != BAND_KEYS] == []
        assert [band["pixel_meaning"] for band in asset["bands"]] == [field["name"] for field in asset["fields"]]
        assert type(asset["resolution"]) is int


def test_every_address_is_well_formed(records):
    addresses = [asset["asset_uri"] for asset in assets(records) if asset["asset_uri"] is not None]
    addresses += [record["metadata"]["learn_more"] for record in records]
    for text in texts(records):
        addresses += [url.rstrip(".,;") for url in URL_IN_TEXT.findall(text)]
    assert [address for address in addresses if not is_well_formed(address)] == []


def test_addresses_of_assets_are_not_shared(records):
    counts = Counter(asset["asset_uri"] for asset in assets(records) if asset["asset_uri"] is not None)
    assert [address for address, count in counts.items() if count > 1] == []


def test_every_license_is_a_short_text_or_one_markdown_link(records):
    licenses = [record["metadata"]["license"] for record in records if record["metadata"]["license"] is not None]
    links = [license for license in licenses if "](" in license or "://" in license]
    assert [license for license in links if not MARKDOWN_LINK.fullmatch(license)] == []
    assert [link for link in links if not is_well_formed(MARKDOWN_LINK.fullmatch(link)[2])] == []
    assert [license for license in licenses if license not in links and len(license) > 80] == []


def test_facets_have_something_to_count(records):
    tags = Counter(tag for record in records for tag in record["metadata"]["tags"])
    licenses = Counter(record["metadata"]["license"] for record in records)
    organizations = Counter(record["organization"] for record in records if record["organization"])
    formats = Counter(short_format(asset["format"]) for asset in assets(records) if asset["format"])
    assert len([tag for tag, count in tags.items() if count >= 4]) >= 12
    assert {*("climate", "forest", "satellite imagery", "machine learning")} <= set(tags)
    assert {*("health", "transport", "population", "text", "images")} <= set(tags)
    assert len(licenses) >= 8
    assert len(organizations) >= 12
    assert len([organization for organization, count in organizations.items() if count > 1]) >= 6
    assert sum(organizations.values()) > len(records) * 3 / 4
    assert {*("csv", "parquet", "geojson", "json", "zip", "xml", "netcdf"), short_format("geotiff")} <= set(formats)


def test_shows_what_is_missing_as_real_catalogues_do(records):
    def without(key: str) -> list[str]:
        return [record["dataset"] for record in records if record["metadata"][key] is None]

    assert without("overview") == ["movielens_100k"]
    assert without("license") == ["cifar_10", "mnist", "titanic_passengers"]
    assert [record["dataset"] for record in records if not record["assets"]] == ["imagenet_ilsvrc2012"]
    assert len([record for record in records if record["organization"] is None]) >= 1
    assert len([asset for asset in assets(records) if asset["asset_uri"] is None]) >= 1


def test_some_titles_are_not_in_plain_ascii(records):
    titles = {record["dataset"]: record["metadata"]["title"] for record in records}
    assert {"dwd_tageswerte_kl", "ksj_n03_gyosei_kuiki", "mapbiomas_brasil_cobertura"} <= {
        dataset for dataset, title in titles.items() if not title.isascii()
    }


def test_the_alerts_of_the_seed_are_complete(records):
    [alerts] = [record for record in records if record["dataset"] == "umd_glad_sentinel2_alerts"]
    assert [key for key in SEED_KEYS if not alerts["metadata"][key]] == []
    assert alerts["metadata"]["title"] == "Deforestation alerts (GLAD-S2)"
    assert alerts["metadata"]["license"] == "[CC BY 4.0](https://creativecommons.org/licenses/by/4.0/)"
    assert {"Dynamic vector tile cache", "Raster tile set", "Geo database table"} <= {
        asset["asset_type"] for asset in alerts["assets"]
    }


def labels(record: dict) -> list[str]:
    """The labels of the versions of `record`, in the order in which they are written."""
    return [version["version"] if isinstance(version, dict) else version for version in record["versions"]]


def described_versions(records: list[dict]) -> list[dict]:
    """Every version that is more than a label."""
    return [version for record in records for version in record["versions"] if isinstance(version, dict)]


def assets(records: list[dict]) -> list[dict]:
    """Every asset of every record."""
    return [asset for record in records for asset in record["assets"]]


def texts(value: object) -> Iterator[str]:
    """Every text inside `value`, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def is_day(text: str) -> bool:
    """Whether `text` is a day of the calendar, written YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_well_formed(address: str) -> bool:
    """Whether `address` names a host or a bucket and holds nothing that an address may not hold."""
    plain = PLACE_IN_TILES.sub("0", address)
    parts = urlsplit(plain)
    host = parts.hostname or ""
    if parts.scheme in ("http", "https"):
        return "." in host and re.fullmatch(r"[!-~]+", plain) is not None and not set(plain) & set('{}<>"\\^`|')
    return parts.scheme in ("s3", "gs") and re.fullmatch(r"[a-z0-9.-]{3,63}", host) is not None and " " not in plain
