"""The floor that the catalog stands on: the barest views of 25 rows that Flask can give, over the same store."""

import os
from typing import Any

import orjson
from flask import Flask, Response, render_template_string, url_for
from sqlalchemy import create_engine, text

COLUMNS = (
    *("id", "uuid", "public_id", "slug", "name", "title", "subtitle", "summary", "license_id", "visibility"),
    *("created_at", "updated_at", "item_count", "is_downloadable"),
)
# What a list shows of public datasets, so that the index of this order serves here, too.
_ROWS = text(
    f"SELECT {', '.join(COLUMNS)} FROM dataset "
    "WHERE deleted_at IS NULL AND name IS NOT NULL AND visibility = 'public' "
    "ORDER BY created_at DESC, id DESC LIMIT 25"
)
_PAGE = """<!doctype html><title>Rows</title><table>{% for row in rows %}
<tr><td><a href="{{ url_for('core', id=row.id) }}">{{ row.title }}</a><td>{{ row.slug }}<td>{{ row.summary or "" }}
<td>{{ row.license_id or "" }}<td>{{ row.visibility }}<td>{{ row.updated_at }}</tr>{% endfor %}</table>"""


def _text(value: Any) -> str:
    return str(value)


def make() -> Flask:
    """The two views: rows as JSON through SQLAlchemy Core, and rows in a page through Jinja."""
    app = Flask("floor")
    engine = create_engine(os.environ["BENCH_DATABASE_URL"])

    @app.get("/core")
    def core() -> Response:
        with engine.connect() as connection:
            rows = [dict(row) for row in connection.execute(_ROWS).mappings()]
        return Response(orjson.dumps({"data": rows}, default=_text), content_type="application/json")

    @app.get("/jinja")
    def jinja() -> str:
        with engine.connect() as connection:
            return render_template_string(_PAGE, rows=connection.execute(_ROWS).all(), url_for=url_for)

    return app


def __getattr__(name: str) -> Flask:
    """`app`, made when a server asks for it."""
    if name != "app":
        raise AttributeError(name)
    return make()
