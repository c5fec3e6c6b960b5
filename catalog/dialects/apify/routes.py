"""The addresses of the Apify dialect, under `/v2`."""

from dataclasses import replace

from flask import Blueprint, Response, request

from catalog.access import Viewer, require
from catalog.dialects.apify import description as said
from catalog.dialects.apify import present
from catalog.dialects.apify.items import items_document
from catalog.dialects.apify.params import ItemsParams, ListParams
from catalog.dialects.apify.signing import is_signature, signature, signing_key
from catalog.dialects.describing import described
from catalog.dialects.wire import answer, base_url, conditional, last_values, settings, through
from catalog.headers import vary_by
from catalog.identity import Door, current_viewer
from catalog.listing.assets import default_asset
from catalog.listing.datasets import Parts, write_datasets
from catalog.listing.storages import get_account, get_storage, is_revised_by, public_id_of
from catalog.listing.written import Writing
from catalog.model import Dataset
from catalog.tally import note_access

DOOR = Door(query_key="token")
# By this header the stock command line tool says who it is, and whether a person runs it; its tables need extra keys.
_ORIGIN = "X-Apify-Request-Origin"
_COMMAND_LINE = ("CLI", "CI")
# When a dataset was opened last is told in a list, and not in the journal.
_BARE = Writing("apify", present.dataset_item, Parts.STORAGE.value, (Dataset.accessed_at,))
_WITH_EXTRAS = Writing("apify, more", present.dataset_item_with_extras, Parts.CARD.value, (Dataset.accessed_at,))

bp = Blueprint("apify", __name__, url_prefix="/v2")


@bp.get("/datasets")
@through(DOOR, "apify")
@described(said.LIST)
def get_list_of_datasets() -> Response:
    """The caller's own datasets and those shared with them."""
    viewer = _signed_in()
    params = ListParams.parse(last_values())
    wanted = params.criteria(unnamed_hides_empty=settings().apify_unnamed_hides_empty)
    with_extras = settings().apify_list_extras or request.headers.get(_ORIGIN) in _COMMAND_LINE

    def listed() -> Response:
        writing = _WITH_EXTRAS if with_extras else _BARE
        page = write_datasets(viewer, wanted, params.order(), params.window(), writing)
        return answer(present.dataset_list(page, desc=params.desc))

    return conditional(listed, is_private=True, varies_by=(_ORIGIN,), is_kept=True, is_of_what_reaches=True)


@bp.get("/datasets/<dataset_id>")
@through(DOOR, "apify")
@described(said.DATASET)
def get_dataset(dataset_id: str) -> Response:
    """One dataset; the key that signs addresses of its items goes to those who may revise it."""
    viewer = _signed_in()

    def shown() -> Response:
        dataset = get_storage(viewer, dataset_id)
        note_access(dataset.id)
        file = default_asset(viewer, dataset)
        fields = [field.name for field in file.fields] if file and file.fields else None
        key = dataset.public_id
        signed = (signing_key(key), signature(key)) if is_revised_by(viewer, dataset) else None
        return answer(present.dataset_detail(dataset, fields=fields, signed=signed, base=base_url()))

    return conditional(shown, is_private=True, about=viewer.may_write)


@bp.get("/datasets/<dataset_id>/items")
@through(DOOR, "apify")
@described(said.ITEMS)
def get_items(dataset_id: str) -> Response:
    """The items of one dataset, for whoever may see it or bears a signed address."""
    given = last_values()
    viewer = _bearing(current_viewer(), dataset_id, given.get("signature", ""))
    params = ItemsParams.parse(given)

    def written() -> Response:
        dataset = get_storage(viewer, dataset_id)
        note_access(dataset.id)
        return items_document(dataset, params, f"{base_url()}/v2/datasets/{dataset.public_id}/items")

    return conditional(written, is_private=True, viewer=viewer)


@bp.get("/datasets/<dataset_id>/statistics")
@through(DOOR, "apify")
@described(said.STATISTICS)
def get_statistics(dataset_id: str) -> Response:
    """What is counted of the fields of one dataset."""
    get_storage(_signed_in(), dataset_id)
    return _fresh(present.statistics())


@bp.get("/users/<user_id>")
@through(DOOR, "apify")
@described(said.USER)
def get_user(user_id: str) -> Response:
    """One user, `me` being the caller."""
    viewer = _signed_in()
    user = get_account(viewer, user_id)
    return _fresh(present.account(user, is_own=user.id == viewer.user_id))


def _signed_in() -> Viewer:
    """The viewer; NotSignedIn for visitors."""
    viewer = current_viewer()
    require(viewer.is_signed_in, viewer)
    return viewer


def _bearing(viewer: Viewer, dataset_id: str, given: str) -> Viewer:
    """The viewer, to whom the dataset is open where the signature is right; NotSignedIn for visitors without one."""
    public_id = public_id_of(dataset_id) if given else None
    if public_id and is_signature(given, public_id):
        return replace(viewer, opened=public_id)
    require(viewer.is_signed_in, viewer)
    return viewer


def _fresh(body: dict) -> Response:
    """`body`, which nobody may keep."""
    response = answer(body, headers={"Cache-Control": "private, no-store"})
    vary_by(response, "Authorization", "X-API-Key")
    return response
