"""How numbers, sizes, moments and commands are written on a page."""

import re
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from flask import Flask
from markupsafe import Markup, escape

from catalog.clock import now
from catalog.search.marking import Marked
from catalog.vocabulary.text import visible

SIZE_UNITS = ("B", "kB", "MB", "GB", "TB", "PB", "EB")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
TOKEN = "$CATALOG_TOKEN"
"""The name under which commands speak of the reader's token; the token itself is never shown."""
QUOTED = re.compile(r'("[^"\n]*")')


def thousands(number: int) -> str:
    """A whole number in groups of three: 13,636."""
    return f"{number:,}"


def filesize(size: int) -> str:
    """A number of bytes in units of 1000, with a decimal where it tells something: 512 B, 3.1 kB, 18 kB, 412 kB."""
    amount = float(size)
    for unit in SIZE_UNITS:
        if float(_three_figures(amount)) < 1000 or unit == SIZE_UNITS[-1]:
            break
        amount /= 1000
    return f"{_three_figures(amount)} {unit}"


def _three_figures(amount: float) -> str:
    return f"{amount:.1f}".removesuffix(".0") if amount < 99.95 else f"{amount:.0f}"


def moment(when: date | datetime) -> str:
    """The day of a moment in UTC: 9 May 2025. A moment without a zone is taken to be UTC."""
    day = _in_utc(when)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def iso(when: date | datetime) -> str:
    """A moment as machines read it, to the second in UTC: 2025-05-09T12:30:00Z; a day stays a day: 2025-05-09."""
    known = _in_utc(when)
    return known.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(known, datetime) else known.isoformat()


def _in_utc(when: date | datetime) -> date | datetime:
    if not isinstance(when, datetime):
        return when
    return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)


def plural(number: int, noun: str, nouns: str | None = None) -> str:
    """A count with its noun: 1 dataset, 13,636 datasets; `nouns` where the plural takes more than an s."""
    return f"{thousands(number)} {noun if number == 1 else nouns or noun + 's'}"


def steps(number: int, last: int) -> list[int | None]:
    """The page numbers that a pager at page `number` of `last` offers, None where some are left out.

    Always the first, the last and the neighbours; near an end as many as in the middle; never a gap of one.
    """
    start = max(1, min(number - 1, last - 3))
    end = min(last, max(number + 1, 4))
    offered = sorted({1, *range(start, end + 1), last})
    row: list[int | None] = []
    for page in offered:
        gap = page - row[-1] if row and row[-1] else 1
        if gap == 2:
            row.append(page - 1)
        elif gap > 2:
            row.append(None)
        row.append(page)
    return row


def snippet(code: str) -> Markup:
    """A command with its quoted strings and the name of the token marked, safe to place in a page."""
    parts = QUOTED.split(code)
    return Markup("").join(_string(part) if place % 2 else _marked(part) for place, part in enumerate(parts))


def _string(text: str) -> Markup:
    return Markup('<span class="code__string">{}</span>').format(_marked(text))


def _marked(text: str) -> Markup:
    token = Markup('<span class="code__token">{}</span>').format(TOKEN)
    return token.join(escape(part) for part in text.split(TOKEN))


def hits(pieces: Marked) -> Markup:
    """A text in pieces, of which those that are hits of a search are marked, safe to place in a page."""
    marked = (f'<mark class="hit">{escape(text)}</mark>' if is_hit else escape(text) for text, is_hit in pieces)
    return Markup("".join(marked))


def is_web_address(text: str | None) -> bool:
    """Whether a reader's browser can follow this address: http or https with a host."""
    try:
        parts = urlsplit(text or "")
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


FILTERS = (thousands, filesize, moment, iso, plural, steps, snippet, hits, visible)


def register(app: Flask) -> None:
    """Give the templates of `app` these filters by their names, the test `web_address` and the global `now`."""
    app.jinja_env.filters.update({write.__name__: write for write in FILTERS})
    app.jinja_env.tests["web_address"] = is_web_address
    app.jinja_env.globals["now"] = now
