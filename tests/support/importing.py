"""Records written as an import reads them, and imports as tests run them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from catalog.access import OPERATOR
from catalog.changes.puts import Placing
from catalog.harvest.importing import Report, import_lines
from catalog.model import Visibility
from tests.support.given import Party


def record(slug: str | None, *, source: str = "city", native_id: str | None = "", **said: Any) -> dict[str, Any]:
    """A record; known by its slug to its source unless said otherwise."""
    native_id = slug if native_id == "" else native_id
    return {"dataset": slug, "provenance": {"source": source, "native_id": native_id}, **said}


def asset(kind: str = "CSV", uri: str | None = None, **said: Any) -> dict[str, Any]:
    """An asset of a record."""
    return {"asset_type": kind, "asset_uri": uri, **said}


@dataclass
class Run:
    """One import: its last line, and what it said on the way."""

    report: Report
    said: list[str] = field(default_factory=list)

    @property
    def line(self) -> str:
        return self.report.line()


class Importing:
    """Imports records into the store of `app`; alice owns what is new unless said otherwise."""

    def __init__(self, app: Flask, owner: Party) -> None:
        self.app = app
        self.owner = owner

    def __call__(
        self,
        *records: Mapping[str, Any] | bytes,
        owner: Party | None = None,
        organization: Party | None = None,
        visibility: str = "internal",
        is_dry_run: bool = False,
        **placing: bool,
    ) -> Run:
        lines = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in records]
        said: list[str] = []
        with self.app.app_context():
            report = import_lines(
                OPERATOR,
                lines,
                Placing(
                    owner_id=(owner or self.owner).id,
                    organization_id=organization.id if organization else None,
                    visibility=Visibility(visibility),
                    **placing,
                ),
                say=lambda n, name, text: said.append(f"{n} {name}: {text}"),
                is_dry_run=is_dry_run,
            )
        return Run(report, said)
