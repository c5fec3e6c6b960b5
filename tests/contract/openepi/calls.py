"""Runs calls of openepi-client, in the environment that has it: JSON in the argument, JSON on the last line.

The argument is a list of calls, each a list of a word of CALLS and what it takes. Where the catalog answers stands in
the environment, as the client reads it.
"""

import json
import sys

from httpx import Client
from openepi_client import openepi_settings
from openepi_client.global_forest_watch import GlobalForestWatchClient
from openepi_client.global_forest_watch._list_assets import ListAssetsRequest

PAST_THE_END = "is larger than the total page count"


def client(**headers: str) -> GlobalForestWatchClient:
    """A client for one call: it closes its connection after each."""
    return GlobalForestWatchClient(http_client=Client(follow_redirects=True, headers=headers))


def version(dataset: str, name: str | None = None):
    """A version, the last one of the dataset where no name is given."""
    found = client().get_dataset(dataset)
    return found.get_version(name or found.latest_version_id)


def walk(size: int, key: str = "") -> list[list[str]]:
    """The slugs on every page of the list of datasets for whoever has `key`, until the last page."""
    came, number, last = [], 1, 1
    while number <= last:
        try:
            page = client(**{"x-api-key": key}).list_datasets(page=number, page_size=size)
        except ValueError as raised:
            if number > 1 and PAST_THE_END in str(raised):
                break  # the list became shorter since the page before
            raise
        came.append([one.dataset for one in page.datasets])
        number, last = number + 1, int(page.total_pages)
    return came


def everything() -> dict[str, dict[str, list[int]]]:
    """Reads every dataset; of each version by its name how many fields and how many assets it has."""
    listed = {one.dataset: one for one in client().list_datasets().datasets}
    return {slug: whole(slug, one) for slug, one in listed.items()}


def whole(slug: str, listed) -> dict[str, list[int]]:
    """The versions of one dataset, which is alone as it is `listed`."""
    found = client().get_dataset(slug)
    assert found.model_dump(exclude={"status"}) == listed.model_dump(exclude={"status"}), slug
    counts = {}
    for name in found.versions:
        one = found.get_version(name)
        assert (one.dataset, one.version) == (slug, name), (slug, name)
        counts[name] = [len(one.fields()), len(one.assets().assets)]
    return counts


CALLS = {
    "list_datasets": lambda **named: client().list_datasets(**named),
    "get_dataset": lambda slug: client().get_dataset(slug),
    "get_dataset with a key": lambda slug, key: client(**{"x-api-key": key}).get_dataset(slug),
    "get_version": version,
    "fields": lambda *names: version(*names).fields(),
    "assets": lambda dataset, name, **named: ListAssetsRequest(dataset=dataset, version=name, **named).get_sync(),
    "create_api_key": lambda *words: client().create_api_key(*words),
    "create_account": lambda *words: client().create_account(*words),
    "get_geostore": lambda key: client().get_geostore(key),
    "query": lambda dataset, sql: version(dataset).query(sql).for_geostore("any").execute(),
    "download": lambda dataset, to: version(dataset).assets().assets[1].download(to),
    "pages": walk,
    "everything": everything,
}


def plain(came: object) -> object:
    """What came, as JSON can say it."""
    if isinstance(came, list | tuple):
        return [plain(one) for one in came]
    return came.model_dump(mode="json") if hasattr(came, "model_dump") else came


def call(word: str, *arguments: object) -> dict:
    """`{"done": …}`, or `{"failed": [the exception's name, its words]}`; the last argument may be named ones."""
    named = arguments[-1] if arguments and isinstance(arguments[-1], dict) else {}
    try:
        came = CALLS[word](*(arguments[:-1] if named else arguments), **named)
    except Exception as raised:
        return {"failed": [type(raised).__name__, str(raised)]}
    return {"done": plain(came)}


assert openepi_settings.gfw_api_url.startswith("http://127.0.0.1:"), openepi_settings.gfw_api_url
print(json.dumps([call(*one) for one in json.loads(sys.argv[1])]))
