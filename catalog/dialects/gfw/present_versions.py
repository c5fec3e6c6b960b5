"""One version and what is known of it and of its assets, as the GFW dialect writes them, key for key."""

import math
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from catalog.dialects.gfw.present import Json, asset_uri, moment
from catalog.dialects.gfw.typed import number_of, object_of, text_of
from catalog.model import Asset, AssetStatus, Change, Token, Version

# What a version says of itself in texts, beside its dates.
_TEXTS = ("resolution_description", "geographic_coverage", "update_frequency", "scale", "citation")
# How the journal's verbs are told to readers, to whom it is no matter who did it.
_IN_WORDS = {
    "register": "The dataset was registered.",
    "revise": "The dataset was revised.",
    "withdraw": "The dataset was withdrawn.",
    "restore": "The dataset was restored.",
}
TOLD = tuple(_IN_WORDS)
"""The verbs that a change log tells of."""


def success(data: Any) -> Json:
    """The envelope of everything that is there."""
    return {"data": data, "status": "success"}


def version(version: Version, assets: Iterable[Asset], own_pages: str) -> Json:
    """One version, with the type, address and id of each of its saved assets, oldest first."""
    saved = sorted((one for one in assets if one.status is AssetStatus.SAVED), key=lambda one: (one.created_at, one.id))
    return {
        "created_on": moment(version.created_at),
        "updated_on": moment(version.updated_at),
        "dataset": version.dataset.slug,
        "version": version.gfw,
        "is_latest": version.is_latest,
        "is_mutable": version.is_mutable,
        "metadata": version_metadata(version),
        "status": version.status.value,
        "assets": [[one.gfw_type, asset_uri(one, own_pages), one.uuid] for one in saved],
    }


def version_metadata(version: Version) -> Json:
    """What is said of one version, which its dataset may say otherwise."""
    said = version.metadata_ or {}
    has_range = version.content_start is not None or version.content_end is not None
    return {
        "created_on": moment(version.metadata_created_at),
        "updated_on": moment(version.metadata_updated_at),
        "spatial_resolution": number_of(said.get("spatial_resolution")),
        **{key: text_of(said.get(key)) for key in _TEXTS},
        "content_date": _day(version.content_date),
        "content_date_range": {"start_date": _day(version.content_start), "end_date": _day(version.content_end)}
        if has_range
        else None,
        "content_date_description": version.content_date_description,
        "last_update": _day(version.last_update),
        "id": version.metadata_uuid,
    }


def change_log(changes: Sequence[Change]) -> list[Json]:
    """What happened to a dataset, oldest first."""
    return [
        {
            "date_time": moment(change.at),
            "status": "success",
            "message": _IN_WORDS[change.verb],
            "detail": ", ".join(change.what) if change.verb == "revise" and change.what else None,
        }
        for change in changes
    ]


def extent(extra: Json | None) -> Json | None:
    """The box in which the data lies as GeoJSON, where the source gave one as STAC does; else None."""
    said = extra or {}
    for key in ("extent", "spatial", "bbox"):
        said = said.get(key) if isinstance(said, dict) else None
    box = said[0] if isinstance(said, list) and said else None
    if not (isinstance(box, list) and len(box) in (4, 6) and all(_is_number(one) for one in box)):
        return None
    west, south, east, north = *box[:2], *box[len(box) // 2 :][:2]
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": {}, "geometry": geometry}],
    }


def said_by(asset: Asset | None, key: str) -> Json | None:
    """What the source of `asset` said of it under `key`; None where that is nothing."""
    return object_of((asset.metadata_ or {}).get(key)) if asset is not None else None


def api_key_record(token: Token, shown: str) -> Json:
    """One API key; `shown` is the secret, or the beginning by which its owner knows it again."""
    said = token.details or {}
    return {
        "created_on": moment(token.created_at),
        "updated_on": moment(token.created_at),
        "alias": token.name,
        "user_id": token.user.public_id,
        "api_key": shown,
        "organization": said.get("organization", ""),
        "email": said.get("email", ""),
        "domains": said.get("domains", []),
        "expires_on": moment(token.expires_at),
    }


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
