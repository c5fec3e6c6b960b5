"""Does calls of the Dreadnode client, in the environment that has it: lines of JSON come, and for each goes one.

What comes: the address, a token, and a list of calls, each a list of a method's name, its arguments and its named ones.
"""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from dreadnode.app.api.client import ApiClient
from dreadnode.core.tls import download_platform_file


def plain(came: object) -> object:
    """What came, as JSON can say it."""
    if isinstance(came, list):
        return [plain(one) for one in came]
    return came.model_dump(mode="json") if hasattr(came, "model_dump") else came


def fetched(url: str) -> str:
    """What lies at `url`, fetched as the client's own command does, without credentials."""
    with TemporaryDirectory() as folder:
        download_platform_file(url, Path(folder) / "file")
        return (Path(folder) / "file").read_text()


def call(api: ApiClient, method: str, arguments: list, named: dict) -> dict:
    """`{"done": …}`, or `{"failed": [the exception's name, its words]}`."""
    try:
        came = fetched(*arguments) if method == "fetch" else getattr(api, method)(*arguments, **named)
    except Exception as raised:
        return {"failed": [type(raised).__name__, str(raised)]}
    return {"done": plain(came)}


# Whatever else the client says goes elsewhere.
answers, sys.stdout = sys.stdout, sys.stderr
for line in sys.stdin:
    address, token, calls = json.loads(line)
    client = ApiClient(address, api_key=token)
    print(json.dumps([call(client, *one) for one in calls]), file=answers, flush=True)
