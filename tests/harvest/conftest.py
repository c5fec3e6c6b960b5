"""What imports leave in the store."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from catalog.changes.revising import load_whole
from catalog.db import db
from catalog.model import Dataset, Organization
from tests.support.acting import Acting
from tests.support.given import Given, Party
from tests.support.importing import Importing


@pytest.fixture
def alice(given: Given) -> Party:
    return given.user("alice")


@pytest.fixture
def importing(app: Flask, alice: Party) -> Importing:
    return Importing(app, alice)


@pytest.fixture
def act(app: Flask) -> Acting:
    return Acting(app)


@pytest.fixture
def held(app: Flask) -> Callable[[str], dict[str, Any]]:
    """What the store holds of the dataset called so."""

    def read(slug: str) -> dict[str, Any]:
        with app.app_context():
            found = select(Dataset).where(Dataset.slug == slug)
            one = db.session.scalars(found.options(joinedload(Dataset.owner), joinedload(Dataset.organization))).one()
            owner, organization = one.owner.handle, one.organization and one.organization.key
            (whole,) = load_whole([one.id])
            return _plain(whole) | {"owner": owner, "organization": organization}

    return read


@pytest.fixture
def slugs(app: Flask) -> Callable[[], list[str]]:
    """The slugs of all datasets, in their order."""

    def read() -> list[str]:
        with app.app_context():
            return list(db.session.scalars(select(Dataset.slug).order_by(Dataset.slug)))

    return read


@pytest.fixture
def publishers(app: Flask) -> Callable[[], dict[str, str]]:
    """The titles of all organizations, by key."""

    def read() -> dict[str, str]:
        with app.app_context():
            rows = db.session.execute(select(Organization.key, Organization.title).order_by(Organization.key))
            return {key: title for key, title in rows}

    return read


def _plain(whole: Dataset) -> dict[str, Any]:
    return {
        "id": whole.id,
        "uuid": whole.uuid,
        "name": whole.name,
        "title": whole.title,
        "overview": whole.overview,
        "license": whole.license,
        "license_id": whole.license_id,
        "tags": [tag.name for tag in whole.tags],
        "extra": whole.extra,
        "visibility": whole.visibility.value,
        "issued_text": whole.issued_text,
        "updated_at": whole.updated_at,
        "data_updated_at": whole.data_updated_at,
        "item_count": whole.item_count,
        "spatial_resolution": whole.spatial_resolution,
        "is_withdrawn": whole.deleted_at is not None,
        "versions": {version.label: _plain_version(version) for version in whole.versions},
    }


def _plain_version(version: Any) -> dict[str, Any]:
    return {
        "uuid": version.uuid,
        "names": (version.gfw, version.semver),
        "is_latest": version.is_latest,
        "row_count": version.row_count,
        "file_size_bytes": version.file_size_bytes,
        "metadata": version.metadata_,
        "assets": [_plain_asset(asset) for asset in version.assets],
    }


def _plain_asset(asset: Any) -> dict[str, Any]:
    return {
        "uuid": asset.uuid,
        "kind": asset.kind,
        "uri": asset.uri,
        "name": asset.name,
        "is_default": asset.is_default,
        "metadata": asset.metadata_,
        "fields": [field.name for field in asset.fields],
    }
