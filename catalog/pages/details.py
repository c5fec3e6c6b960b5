"""The pages of one dataset and of one asset: everything that they show, in the words of a reader."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import request, url_for

from catalog.access import Reach, Viewer, may_manage, may_revise
from catalog.listing.assets import count_by_version, default_asset, first_assets
from catalog.listing.datasets import formats_of, shared_to, shares_reaching
from catalog.listing.paging import Page
from catalog.model import Asset, Dataset, Share, ShareRole, Version
from catalog.pages.cards import asset_rows, license_label, party_of, reach_of, updated
from catalog.pages.commands import commands
from catalog.pages.filters import filesize, iso, moment, plural, thousands
from catalog.pages.lists import Address, Place
from catalog.vocabulary.dates import as_known
from catalog.vocabulary.prose import opening, plain
from catalog.vocabulary.text import cut

_ASSETS = 50
_VERSIONS = 50
_FIELDS = 50
ASSET_FIELDS = 200
_OPENING = 2_000


def dataset_details(viewer: Viewer, dataset: Dataset, *, is_whole: bool) -> dict[str, Any]:
    """What the page of `dataset` (with `Parts.WHOLE`) shows; `is_whole` asks for all of a long overview."""
    shares = shares_reaching(viewer, dataset)
    latest = next((version for version in dataset.versions if version.is_latest), None)
    assets = first_assets(viewer, dataset, _ASSETS)
    described = default_asset(viewer, dataset)
    fields = described.fields if described else []
    held = count_by_version(viewer, dataset)
    return {
        "dataset": {
            "title": dataset.title,
            "slug": dataset.slug,
            "display_name": dataset.full_name,
            "visibility": dataset.visibility.value,
            "reach": reach_of(viewer, dataset, bool(shares)).value,
            "lang": None,
            "lead": dataset.summary,
            "actions": _actions(viewer, dataset, shares),
            "version": latest.label if latest else None,
            "facts": _facts(viewer, dataset, latest),
            "why": _why(viewer, dataset, shares),
            "overview": _overview(dataset, is_whole),
            "ways": commands(viewer, dataset, latest),
            "assets": asset_rows(viewer, assets),
            "asset_count": sum(held.values()),
            "assets_href": url_for("assets.index", dataset=dataset.slug, unnamed="1" if dataset.is_unnamed else None),
            "has_versions": len(dataset.versions) > 1,
            "fields": fields[:_FIELDS],
            "field_count": len(fields),
            "fields_of": described.display_name if described else None,
            "fields_href": url_for("assets.show", uuid=described.uuid) if described and len(fields) > _FIELDS else None,
            "versions": [_version(version, held.get(version.id, 0)) for version in reversed(dataset.versions)][
                :_VERSIONS
            ],
            "version_count": len(dataset.versions),
            "cautions": dataset.cautions_html,
            "license": dataset.license_html if license_label(dataset) == "other terms" else None,
            "tags": [{"name": tag.name, "href": url_for("datasets.index", tag=tag.name)} for tag in dataset.tags],
            "citation": dataset.citation_html,
            "citation_text": plain(dataset.citation) if dataset.citation else None,
            "publisher": _publisher(dataset),
            "source": dataset.source_html
            if not dataset.organization or dataset.source != dataset.organization.title
            else None,
            "learn_more": dataset.learn_more_html,
            "record": _record(dataset),
        },
        "breadcrumbs": [("Datasets", url_for("datasets.index"))],
        "back": _back(),
    }


def asset_details(viewer: Viewer, asset: Asset, address: Address) -> dict[str, Any]:
    """What the page of `asset` (with `AssetParts.WHOLE`) shows, with the page of its fields that `address` asks for."""
    window = address.window
    fields = Page(asset.fields[window.offset : window.offset + window.limit], len(asset.fields), window)
    dataset = asset.dataset
    is_shared = bool(shared_to(viewer, [dataset.id]))
    href = url_for("datasets.show", slug=dataset.slug)
    title = dataset.title or dataset.slug
    return {
        "asset": {
            "display_name": asset.display_name,
            "kind": asset.kind,
            "uri": asset.uri,
            "status": asset.status.value,
            "visibility": dataset.visibility.value,
            "reach": reach_of(viewer, dataset, is_shared).value,
            "facts": [
                {"term": "Kind", "value": asset.kind},
                {"term": "Format", "value": asset.format},
                {
                    "term": "Version",
                    "value": asset.version.label,
                    "note": f"{asset.version.gfw}, {asset.version.semver}",
                },
                {"term": "Size", "value": filesize(asset.size_bytes) if asset.size_bytes is not None else None},
                {
                    "term": "Columns",
                    "value": thousands(len(asset.fields)) if asset.fields else None,
                    "unknown": "none described",
                },
                {"term": "Changed here", "value": moment(asset.updated_at), "iso": iso(asset.updated_at)},
            ],
            "description": plain(asset.description) if asset.description else None,
            "fields": fields.items,
            "field_count": fields.total,
            "record": [
                ("Id", {"text": str(asset.uuid), "is_code": True, "to_copy": str(asset.uuid)}),
                ("Came here", {"text": moment(asset.created_at), "iso": iso(asset.created_at)}),
                *_stated(asset.metadata_ or {}),
            ],
            "dataset_title": title,
            "dataset_href": href,
        },
        "breadcrumbs": [("Datasets", url_for("datasets.index")), (title, href)],
        "page": Place.of(fields),
        "links": address.links(url_for("assets.show", uuid=asset.uuid)),
        "notes": address.notes,
    }


def _actions(viewer: Viewer, dataset: Dataset, shares: Sequence[Share]) -> list[tuple[str, str]]:
    """What the viewer may do with it: words, and where it is done."""
    slug = dataset.slug
    is_editor = any(share.role is ShareRole.EDITOR for share in shares)
    actions = []
    if may_revise(viewer, dataset, ShareRole.EDITOR if is_editor else None):
        actions.append(("Edit", url_for("editing.edit", slug=slug)))
    if may_manage(viewer, dataset):
        actions += [
            ("Who has access", url_for("shares.index", slug=slug)),
            ("Rename", url_for("renaming.edit", slug=slug)),
            ("Withdraw", url_for("trash.withdraw", slug=slug)),
        ]
    return actions


def _facts(viewer: Viewer, dataset: Dataset, latest: Version | None) -> list[dict[str, Any]]:
    party, when = party_of(viewer, dataset), updated(dataset)
    formats = formats_of(viewer, [dataset])[dataset.id]
    size = latest.file_size_bytes if latest else None
    rows = latest.row_count if latest else None
    return [
        {"term": "Organization" if dataset.organization else "Owner", "value": party["title"], "href": party["href"]},
        _license_fact(dataset),
        {
            "term": "Updated",
            "value": when["words"],
            "iso": when["iso"],
            "note": f"record, {moment(dataset.updated_at)}",
        },
        {"term": "Rows", "value": thousands(rows) if rows is not None else None, "unknown": "not counted"},
        {"term": "Size", "value": filesize(size) if size is not None else None, "unknown": "not stated"},
        {
            "term": "Format",
            "value": ", ".join(formats[:4]) or None,
            "note": f"and {plural(len(formats) - 4, 'other')}" if len(formats) > 4 else None,
        },
    ]


def _license_fact(dataset: Dataset) -> dict[str, Any]:
    label = license_label(dataset)
    if label is None:
        return {"term": "Licence", "value": None, "unknown": "No licence stated"}
    if label == "other terms":
        return {"term": "Licence", "value": label, "href": "#terms", "note": "as the publisher wrote them"}
    return {"term": "Licence", "value": label, "href": url_for("datasets.index", license=dataset.license_id)}


def _why(viewer: Viewer, dataset: Dataset, shares: Sequence[Share]) -> dict[str, Any]:
    reach = reach_of(viewer, dataset, bool(shares))
    if reach is Reach.SHARED:
        share = shares[0]
        giver = share.created_by or dataset.owner
        to = share.organization
        return {
            "reach": reach.value,
            "through": {"title": giver.display_title, "href": url_for("users.show", handle=giver.handle)},
            "since": moment(share.created_at),
            "to": {"title": to.title, "href": url_for("organizations.show", key=to.key)} if to else None,
        }
    return {"reach": reach.value, "through": party_of(viewer, dataset) if reach is Reach.ORGANIZATION else None}


def _overview(dataset: Dataset, is_whole: bool) -> dict[str, Any] | None:
    if not dataset.overview_html:
        return None
    shown = dataset.overview_html if is_whole else opening(dataset.overview_html, _OPENING)
    return {
        "html": shown,
        "character_count": len(dataset.overview),
        "all_href": url_for("datasets.show", slug=dataset.slug, overview="all")
        if shown != dataset.overview_html
        else None,
    }


def _version(version: Version, asset_count: int) -> dict[str, Any]:
    return {
        "label": version.label,
        "gfw": version.gfw,
        "semver": version.semver,
        "is_latest": version.is_latest,
        "status": version.status.value,
        "content": _content(version),
        "asset_count": asset_count,
        "row_count": version.row_count,
        "size_bytes": version.file_size_bytes,
        "download_count": version.download_count,
    }


def _content(version: Version) -> str | None:
    if version.content_start or version.content_end:
        ends = (version.content_start, version.content_end)
        return " to ".join(moment(end) if end else "open" for end in ends)
    return moment(version.content_date) if version.content_date else version.content_date_description


def _publisher(dataset: Dataset) -> dict[str, str] | None:
    if dataset.organization is None:
        return None
    title = (dataset.organization.extra or {}).get("title") or dataset.organization.title
    return {"title": title, "href": url_for("organizations.show", key=dataset.organization.key)}


def _record(dataset: Dataset) -> list[tuple[str, Any]]:
    named = [("Name", {"text": dataset.name, "is_code": True})] if dataset.name and dataset.name != dataset.slug else []
    stated = [
        ("Coverage", dataset.geographic_coverage),
        ("Updates", dataset.update_frequency),
        ("Language", dataset.data_language),
        ("Scale", dataset.scale),
    ]
    resolution = (
        f"{dataset.spatial_resolution:g} m"
        if dataset.spatial_resolution is not None
        else dataset.resolution_description
    )
    return [
        *named,
        ("Id", {"text": dataset.public_id, "is_code": True, "to_copy": dataset.public_id}),
        *((term, value) for term, value in (*stated, ("Resolution", resolution)) if value),
        ("Issued", as_known(dataset.issued_text) if dataset.issued_text else None),
        ("Came here", {"text": moment(dataset.created_at), "iso": iso(dataset.created_at)}),
        ("Changed here", {"text": moment(dataset.updated_at), "iso": iso(dataset.updated_at)}),
    ]


def _stated(metadata: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a source says of an asset in plain values, in words."""
    plain_values = (
        (key, value) for key, value in metadata.items() if isinstance(value, str | int | float) and str(value).strip()
    )
    return [(key.replace("_", " ").capitalize(), str(value)) for key, value in plain_values]


def _back() -> tuple[str, str] | None:
    """The list that the reader comes from, where the browser says so; never an address elsewhere."""
    try:
        came = urlsplit(request.referrer or "")
    except ValueError:
        return None
    if came.netloc != request.host or came.path != url_for("datasets.index") or not came.query:
        return None
    text = (parse_qs(came.query).get("q") or [""])[-1].strip()
    return f"Back to results for “{cut(text, 40)}”" if text else "Back to the list", f"{came.path}?{came.query}"
