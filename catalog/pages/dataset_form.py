"""The form that describes a dataset with its versions and assets."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from catalog.model import Visibility
from catalog.model.version import Status
from catalog.pages.access import VISIBILITIES
from catalog.vocabulary.slugs import is_slug
from catalog.vocabulary.text import tidy

NO_ORGANIZATION = "-"
# Rows of versions, and of assets, that one form shows; it may be sent with as many more that are new.
MOST_SHOWN = 500
MOST_ROWS = 2 * MOST_SHOWN
_NAME = re.compile(r"[a-z_]{1,40}(-\d{1,5}-[a-z_]{1,40})?", re.ASCII)
_WHOLE = re.compile(r"\d{1,18}", re.ASCII)
_DECIMAL = re.compile(r"\d{1,15}(\.\d{1,20})?(e[+-]?\d{1,2})?", re.ASCII)
# Where data may lie: others run scripts, or say nothing to anybody else.
_ADDRESS = re.compile(r"(https?|ftps?|sftp|s3a?|gs|az|abfss?|hdfs|ipfs)://\S+", re.IGNORECASE)


def _tidied(given: str | None) -> str:
    return tidy(given or "")


def _line(label: str, limit: int = 500) -> StringField:
    return StringField(label, [Length(max=limit, message=f"This is longer than {limit} characters")], filters=[_tidied])


def _text(label: str) -> TextAreaField:
    return TextAreaField(label, filters=[_tidied])


def _is_day(form: Form, field: Field) -> None:
    if field.data and as_day(field.data) is None:
        raise ValidationError("Enter a day as in 2026-01-31")


def _is_count(form: Form, field: Field) -> None:
    if field.data and as_count(field.data) is None:
        raise ValidationError("Enter a whole number")


def _is_resolution(form: Form, field: Field) -> None:
    if field.data and as_number(field.data) is None:
        raise ValidationError("Enter a number of meters")


def _day(label: str) -> StringField:
    return StringField(label, [_is_day], filters=[_tidied])


def as_day(text: str) -> date | None:
    """The day that `text` names as 2026-01-31; None for anything else."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else None
    except ValueError:
        return None


def as_count(text: str) -> int | None:
    """The whole number that `text` is, also with commas between groups of three; None for anything else."""
    digits = text.replace(",", "")
    return int(digits) if _WHOLE.fullmatch(digits) else None


def as_number(text: str) -> float | None:
    """The number that `text` is; None for anything else."""
    return float(text) if _DECIMAL.fullmatch(text) else None


def is_address(text: str) -> bool:
    """Whether a new asset may lie at `text`."""
    return _ADDRESS.fullmatch(text) is not None


_STATUSES = [SelectChoice(status.value, status.value.capitalize()) for status in Status]


class VersionRow(Form):
    """One version; `was` is the label of a stored one, which stays what it is called."""

    was = HiddenField()
    label = _line("Label", 200)
    is_latest = BooleanField("Latest")
    status = SelectField("Status", choices=_STATUSES, default=Status.SAVED.value)
    row_count = StringField("Rows", [_is_count], filters=[_tidied])
    content_date = _day("Content date")
    content_start = _day("Content from")
    content_end = _day("Content until")
    last_update = _day("Last update")
    is_removed = BooleanField("Remove this version")

    @property
    def called(self) -> str:
        """The label of this version."""
        return self.was.data or self.label.data

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed into it."""
        days = (self.content_date, self.content_start, self.content_end, self.last_update)
        return not (self.called or self.row_count.data or any(day.data for day in days))


class AssetRow(Form):
    """One link to data; `was` is the uuid of a stored one."""

    was = HiddenField()
    kind = _line("Kind")
    format = _line("Format", 100)
    uri = StringField("Address", filters=[_tidied])
    name = StringField("Name", filters=[_tidied])
    description = _text("Description")
    version = StringField("Version", filters=[_tidied])
    is_default = BooleanField("Default of its version")
    is_removed = BooleanField("Remove this asset")

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed into it."""
        return not any(one.data for one in (self.kind, self.format, self.uri, self.name, self.description))


class DatasetForm(FlaskForm):
    """What is said of a dataset and what is in it; `seen` is the number of the last edit that its reader knows of."""

    seen = HiddenField()
    title = StringField("Title", filters=[_tidied])
    subtitle = StringField("Subtitle", filters=[_tidied])
    overview = _text("Overview")
    tags = _text("Tags")
    source = _text("Source")
    license = _text("Licence")
    citation = _text("Citation")
    cautions = _text("Cautions")
    learn_more = _text("Learn more")
    data_language = StringField("Language", filters=[_tidied])
    geographic_coverage = _text("Coverage")
    update_frequency = StringField("Update frequency", filters=[_tidied])
    spatial_resolution = StringField("Spatial resolution", [_is_resolution], filters=[_tidied])
    issued_text = _line("Issued")
    data_updated_text = _line("Data updated")
    versions = FieldList(FormField(VersionRow), max_entries=MOST_ROWS)
    assets = FieldList(FormField(AssetRow), max_entries=MOST_ROWS)


class RegistrationForm(DatasetForm):
    """The same for a dataset that is new: also what it is called, whose it is and who may see it."""

    slug = _line("Id", 200)
    organization = SelectField("Organization", invalid_choice_message="Choose one of your organizations")
    visibility = RadioField(
        "Who may see it",
        [InputRequired("Choose who may see it")],
        choices=[SelectChoice(key.value, words) for key, (words, _) in VISIBILITIES.items()],
        default=Visibility.INTERNAL.value,
        invalid_choice_message="Choose one of these",
    )

    def validate_title(self, field: Field) -> None:
        """A dataset that is registered by hand has a title."""
        if not field.data:
            raise ValidationError("Enter a title")

    def validate_slug(self, field: Field) -> None:
        """An id has the form of one; without any it is made from the title."""
        if field.data and not is_slug(field.data):
            raise ValidationError("An id is a small letter, then at least two small letters, digits, _ or -")


def sent() -> MultiDict[str, str]:
    """What was sent, without names that are none of a form's."""
    named = [(name, value) for name, value in request.form.items(multi=True) if _NAME.fullmatch(name)]
    return MultiDict(named)


def add_row(form: DatasetForm, asked: str | None) -> bool:
    """Whether a row was asked for; it is added at the end of the versions or the assets."""
    if asked not in ("version", "asset"):
        return False
    rows = form.versions if asked == "version" else form.assets
    if len(rows.entries) < MOST_ROWS:
        rows.append_entry()
    return True


def faults_of(form: DatasetForm) -> list[tuple[str, str]]:
    """Each fault with the id of its field, in the order of the form."""
    return [(field.id, str(fault)) for field in _fields(form) for fault in field.errors]


def _fields(form: Any) -> Iterator[Field]:
    for field in form:
        if isinstance(field, FieldList):
            for row in field.entries:
                yield from _fields(row.form)
        else:
            yield field
