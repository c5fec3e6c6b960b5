"""What differs between a dataset as somebody else saved it and as it was typed meanwhile."""

from typing import Any

from catalog.access import Viewer
from catalog.listing.curating import Edit
from catalog.pages.dataset_form import MOST_SHOWN, DatasetForm
from catalog.pages.dataset_rows import Stored, asset_values, values_of, version_values
from catalog.pages.filters import moment
from catalog.vocabulary.text import cut

_SHOWN = 400
# A stored version stays what it is called.
_NOT_TYPED = ("seen", "was", "label")


def conflict_of(viewer: Viewer, form: DatasetForm, stored: Stored, edit: Edit) -> dict[str, Any]:
    """Who saved and when, and each field where theirs differs from yours, as theirs and yours."""
    differences = _fields(form, values_of(stored), "")
    differences += _rows(form.versions, [version_values(one) for one in stored.versions.values()], "Version")
    differences += _rows(form.assets, [asset_values(one) for one in stored.assets.values()], "Asset")
    return {
        "who": _who(viewer, edit),
        "is_own": edit.by is not None and edit.by.id == viewer.user_id,
        "when": moment(edit.change.at),
        "time": f"{edit.change.at:%H:%M}",
        "differences": differences,
        "unlisted": [noun for noun in ("versions", "assets") if len(getattr(stored, noun)) > MOST_SHOWN],
    }


def _who(viewer: Viewer, edit: Edit) -> str:
    if edit.change.actor_id is None:
        return "Whoever runs this catalogue"
    if edit.by is None:
        return "Somebody"
    return "You, in another window," if edit.by.id == viewer.user_id else cut(edit.by.display_title, 80)


def _rows(rows: Any, theirs: list[dict[str, Any]], noun: str) -> list[dict[str, str]]:
    known = {one["was"]: one for one in theirs}
    differences = []
    for entry in rows.entries:
        row = entry.form
        was = row.was.data
        name = cut(_name(known.get(was) or {name: field.data for name, field in row._fields.items()}), 60)
        if was in known and row.is_removed.data:
            differences.append(_difference(f"{noun} {name}", "there", "removed"))
        elif was in known:
            differences += _fields(row, known[was], f"{noun} {name}: ")
        elif was:
            differences.append(_difference(f"{noun} {name}", "removed", "there"))
        elif not row.is_empty:
            differences.append(_difference(f"{noun} {name}", "not there", "added"))
    typed = {entry.form.was.data for entry in rows.entries}
    # Of more rows than a form shows, those that are not in it may be no news; the page says that it lists none.
    added = [one for was, one in known.items() if was not in typed] if len(known) <= MOST_SHOWN else []
    return differences + [_difference(f"{noun} {cut(_name(one), 60)}", "added", "not there; it stays") for one in added]


def _name(values: dict[str, Any]) -> str:
    return next((values[key] for key in ("label", "name", "uri", "kind", "was") if values.get(key)), "without a name")


def _fields(form: Any, theirs: dict[str, Any], before: str) -> list[dict[str, str]]:
    differences = []
    for field in form:
        if field.short_name in theirs and field.short_name not in (*_NOT_TYPED, "versions", "assets"):
            one, other = _written(theirs[field.short_name]), _written(field.data)
            if one.replace("\n", "") != other.replace("\n", ""):
                differences.append(_difference(f"{before}{field.label.text}", one, other))
    return differences


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return (value or "").strip()


def _difference(what: str, theirs: str, yours: str) -> dict[str, str]:
    return {"what": what, "theirs": cut(theirs, _SHOWN), "yours": cut(yours, _SHOWN)}
