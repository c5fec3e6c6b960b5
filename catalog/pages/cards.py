"""Datasets and assets as lists draw them: what is known of each, in the words of a reader."""

from collections.abc import Sequence
from typing import Any

from flask import get_template_attribute, request, url_for
from markupsafe import Markup
from sqlalchemy import Row

from catalog.access import Reach, Viewer
from catalog.listing.assets import count_fields
from catalog.listing.criteria import DatasetCriteria
from catalog.listing.datasets import formats_of, load_datasets, place_datasets, shared_to
from catalog.listing.evidence import evidence_of, evidence_of_assets
from catalog.listing.paging import Order, Page, Window
from catalog.listing.written import Place, written_at
from catalog.model import Asset, Dataset, Visibility
from catalog.pages.filters import iso, moment
from catalog.search.language import read
from catalog.search.marking import Hits, marked
from catalog.vocabulary.dates import as_known, parse_moment
from catalog.vocabulary.licenses import license_title


def cards(viewer: Viewer, datasets: Sequence[Dataset], text: str = "") -> list[dict[str, Any]]:
    """The datasets (with `Parts.CARD`) as cards; with what was searched for by `text` marked, and where else it is."""
    formats, shared = formats_of(viewer, datasets), shared_to(viewer, [dataset.id for dataset in datasets])
    hits = Hits.of(read(text))
    evidence = evidence_of(viewer, datasets, hits)
    return [
        _card(viewer, dataset, formats[dataset.id], dataset.id in shared)
        | {
            "title_pieces": marked(dataset.title or "", hits),
            "slug_pieces": marked(dataset.slug, hits),
            "summary_pieces": marked(dataset.summary or "", hits),
            "party_key_pieces": marked(dataset.party_key, hits),
            "owner_pieces": marked(dataset.party_title, hits),
            "evidence": evidence.get(dataset.id),
        }
        for dataset in datasets
    ]


def drawn_cards(
    viewer: Viewer, wanted: DatasetCriteria, order: Order, window: Window, *, level: int = 2
) -> Page[Markup]:
    """A list without a text to mark as cards, each drawn once for all who see the dataset alike, until it changes.

    `level` is that of their headings.
    """
    found = place_datasets(viewer, wanted, order, window, *_TELLING)
    shared = shared_to(viewer, [row[0] for row in found])
    places = [
        Place(
            row[0],
            row[0],
            ("card", level, request.script_root, viewer.is_signed_in, reach_of(viewer, row, row[0] in shared)),
            row.download_count,
        )
        for row in found
    ]

    def load(missing: Sequence[Place]) -> list[dict[str, Any]]:
        return cards(viewer, load_datasets(viewer, [place.row for place in missing]))

    drawn = written_at(lambda card: draw_card(card, level).encode(), places, load)
    return Page([Markup(card.decode()) for card in drawn], found.total, window)


# What tells how a viewer sees a dataset, and what is counted of it.
_TELLING = (Dataset.owner_id, Dataset.organization_id, Dataset.visibility, Dataset.download_count)


def draw_card(card: dict[str, Any], level: int = 2) -> Markup:
    """One of `cards` as it is drawn in a list, under a heading of that level."""
    return get_template_attribute("components/dataset_card.html", "dataset_card")(card, level=level)


def reach_of(viewer: Viewer, dataset: Dataset | Row, is_shared: bool) -> Reach:
    """Why `viewer` sees `dataset`, or the row that tells of it: the first reason that holds."""
    if viewer.is_signed_in and dataset.owner_id == viewer.user_id:
        return Reach.OWN
    if is_shared:
        return Reach.SHARED
    if dataset.organization_id in viewer.roles:
        return Reach.ORGANIZATION
    return Reach.INTERNAL if dataset.visibility is Visibility.INTERNAL else Reach.PUBLIC


def party_of(viewer: Viewer, dataset: Dataset) -> dict[str, str | None]:
    """Whose a dataset is: its organization, else its owner, whose page only the signed-in can open."""
    if dataset.organization:
        href = url_for("organizations.show", key=dataset.organization.key)
    else:
        href = url_for("users.show", handle=dataset.owner.handle) if viewer.is_signed_in else None
    return {"title": dataset.party_title, "href": href}


def license_label(dataset: Dataset) -> str | None:
    """The licence in a few words; None where none is stated."""
    if dataset.license_id:
        return license_title(dataset.license_id)
    return "other terms" if dataset.license else None


def updated(dataset: Dataset) -> dict[str, str | None]:
    """When the data was last updated, as far as it is known: words, and the moment where the words mean one."""
    given = dataset.data_updated_text
    if given:
        known = parse_moment(given)
        return {"words": as_known(given), "iso": iso(known) if known else None}
    return {"words": moment(dataset.data_updated_at), "iso": iso(dataset.data_updated_at)}


def _card(viewer: Viewer, dataset: Dataset, formats: list[str], is_shared: bool) -> dict[str, Any]:
    latest, party, when = dataset.latest, party_of(viewer, dataset), updated(dataset)
    return {
        "title": dataset.title,
        "slug": dataset.slug,
        "href": url_for("datasets.show", slug=dataset.slug),
        "display_name": dataset.full_name,
        "party_key": dataset.party_key,
        "version": latest.label if latest else None,
        "visibility": dataset.visibility.value,
        "reach": reach_of(viewer, dataset, is_shared).value,
        "summary": dataset.summary,
        "owner_title": party["title"],
        "owner_href": party["href"],
        "formats": formats,
        "row_count": latest.row_count if latest else None,
        "size_bytes": latest.file_size_bytes if latest else None,
        "license_label": license_label(dataset),
        "updated": when["words"],
        "updated_iso": when["iso"],
        "download_count": dataset.download_count,
    }


def asset_rows(viewer: Viewer, assets: Sequence[Asset], text: str = "") -> list[dict[str, Any]]:
    """The assets (with `AssetParts.ROW`) as rows; with what was searched for by `text` marked, and where else it is."""
    fields, hits = count_fields(assets), Hits.of(read(text))
    evidence = evidence_of_assets(viewer, assets, hits)
    return [
        (row := _asset_row(asset, fields.get(asset.id, 0)))
        | {f"{name}_pieces": marked(row[name] or "", hits) for name in _MARKED_OF_ASSETS}
        | {"evidence": evidence.get(asset.id)}
        for asset in assets
    ]


_MARKED_OF_ASSETS = ("display_name", "uri", "kind", "dataset_title")


def _asset_row(asset: Asset, field_count: int) -> dict[str, Any]:
    return {
        "display_name": asset.display_name,
        "uuid": str(asset.uuid),
        "href": url_for("assets.show", uuid=asset.uuid),
        "kind": asset.kind,
        "format": asset.format,
        "uri": asset.uri,
        "size_bytes": asset.size_bytes,
        "status": asset.status.value,
        "is_default": asset.is_default,
        "version": asset.version.label,
        "dataset_title": asset.dataset.title or asset.dataset.slug,
        "dataset_href": url_for("datasets.show", slug=asset.dataset.slug),
        "field_count": field_count,
        "updated": moment(asset.updated_at),
    }
