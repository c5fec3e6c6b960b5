"""What the original serves under the same addresses and this catalog does not: writing, and work on the data itself."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from catalog.dialects.gfw.datasets import lead_to_latest
from catalog.dialects.gfw.door import READS, WRITES, signed_in
from catalog.dialects.wire import through
from catalog.errors import Invalid, NotPermitted, NotServed

# Addresses of its own blueprint: the OpenAPI document tells of what is answered.
bp = Blueprint("gfw_absent", __name__)

_WRITES = (
    ("/dataset/<dataset>", ("PUT", "PATCH", "DELETE")),
    ("/dataset/<dataset>/metadata", ("POST", "PATCH", "DELETE")),
    ("/dataset/<dataset>/<version>", ("PUT", "PATCH", "DELETE")),
    ("/dataset/<dataset>/<version>/metadata", ("POST", "PATCH", "DELETE")),
    ("/dataset/<dataset>/<version>/append", ("POST",)),
    ("/dataset/<dataset>/<version>/assets", ("POST",)),
    ("/asset/<asset_id>", ("PATCH", "DELETE")),
    ("/asset/<asset_id>/metadata", ("POST", "PATCH", "DELETE")),
    ("/asset/<asset_id>/fields/<field_name>", ("PATCH",)),
)
_WORK = ("analysis", "geostore", "job", "land", "political", "task")
PREFIXES = tuple(f"/{work}" for work in _WORK)
"""Where nothing is served."""
_ALL = ("GET", "POST", "PUT", "PATCH", "DELETE")
_NOT_SERVED = (
    ("/dataset/<dataset>/<version>/query", ("GET", "POST")),
    ("/dataset/<dataset>/<version>/query/<path:rest>", ("GET", "POST")),
    ("/dataset/<dataset>/<version>/download/<path:rest>", ("GET", "POST")),
    ("/dataset/<dataset>/<version>/geostore/<path:rest>", ("GET",)),
    ("/dataset/<dataset>/<version>/features", ("GET",)),
    ("/asset/<asset_id>/tiles_info", ("GET",)),
    ("/geostore", ("POST",)),
    *((f"/{work}/<path:rest>", _ALL) for work in _WORK),
)
_LATEST = ("/dataset/<dataset>/latest", "/dataset/<dataset>/latest/<path:rest>")
_LED_ON = ("query", "download")


@through(WRITES, "gfw")
def write(**named: str) -> ResponseReturnValue:
    """Refused: by the sentences of the original for those who may not write there, else as not served."""
    if not signed_in().may_write:
        raise NotPermitted(
            "Unauthorized write access to a dataset/version/asset by a user who is not an admin or data manager"
        )
    raise NotServed("This catalog takes no changes by this API yet. Datasets are registered and edited on its pages.")


@through(READS, "gfw")
def work_on_data(**named: str) -> ResponseReturnValue:
    """Refused to everybody alike: a catalog knows where data lies, and does not compute on it."""
    raise NotServed("This catalog runs no queries, analyses or tiles. The data lies at the addresses of its assets.")


@through(READS, "gfw")
def sign_up() -> ResponseReturnValue:
    """Refused to everybody: nobody opens an account for themselves."""
    raise NotServed("This catalog opens no accounts by this API. Please ask whoever operates it for one.")


@through(READS, "gfw")
def change_latest(dataset: str, rest: str = "") -> ResponseReturnValue:
    """Refused, since `latest` may be another version tomorrow; queries and downloads are led to the version."""
    if rest.partition("/")[0] in _LED_ON:
        return lead_to_latest(dataset, rest)
    raise Invalid("You must list version name explicitly for this operation.")


for _view, _rules in ((write, _WRITES), (work_on_data, _NOT_SERVED)):
    for _rule, _methods in _rules:
        bp.add_url_rule(_rule, view_func=_view, methods=_methods)
bp.add_url_rule("/auth/sign-up", view_func=sign_up, methods=["POST"])
for _rule in _LATEST:
    bp.add_url_rule(_rule, view_func=change_latest, methods=("POST", "PUT", "PATCH", "DELETE"))
