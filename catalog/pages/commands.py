"""Code to copy: how a program asks for one dataset, with the reader's own address and a place for the token."""

from flask import request, url_for
from markupsafe import Markup

from catalog.access import Viewer
from catalog.model import Dataset, Version, Visibility
from catalog.pages.door import settings
from catalog.pages.filters import TOKEN

Way = dict[str, str | None]


def commands(viewer: Viewer, dataset: Dataset, latest: Version | None) -> list[Way]:
    """The ways to ask for `dataset` that work for `viewer`, each with key, title, a few words, code and a note.

    What everybody may see is asked for without a token. The GFW and org dialects list no unnamed datasets.
    """
    base = (settings().public_url or request.url_root).rstrip("/")
    needs_token = dataset.visibility is not Visibility.PUBLIC or not settings().public_access
    ways = []
    if not dataset.is_unnamed:
        address = _assets(base, dataset, latest) if latest else _record(base, dataset)
        ways += [_curl(address, needs_token), _python(address, needs_token, has_assets=latest is not None)]
        ways.append(_gfw(_record(base, dataset), needs_token))
    ways.append(_apify(base, is_unnamed=dataset.is_unnamed))
    if not dataset.is_unnamed and (org := _org_of(viewer, dataset)):
        ways.append(_org(f"{base}/api/v1/org/{org}/datasets?name={dataset.full_name}&include_public=true"))
    return [_noted(way, viewer) for way in ways]


def _noted(way: Way, viewer: Viewer) -> Way:
    """`way`, and where the token comes from that its code speaks of."""
    return way | {"note": _maker(viewer) if TOKEN[1:] in way["code"] else None}


def _maker(viewer: Viewer) -> Markup:
    if viewer.is_signed_in:
        words, href = '<a href="{}">Account, Tokens</a> makes one.', url_for("tokens.index")
    else:
        words, href = '<a href="{}">Sign in to make one</a>.', url_for("session.new", next=url_for("tokens.new"))
    return Markup("{} stands for a token of yours. ").format(TOKEN) + Markup(words).format(href)


def _assets(base: str, dataset: Dataset, latest: Version) -> str:
    return f"{base}/assets?dataset={dataset.slug}&version={latest.gfw}"


def _record(base: str, dataset: Dataset) -> str:
    return f"{base}/datasets?q={dataset.slug}&page[size]=10"


def _curl(address: str, needs_token: bool) -> Way:
    token = f'-H "Authorization: Bearer {TOKEN}" \\\n  ' if needs_token else ""
    return {"key": "curl", "title": "curl", "about": "where its data lies", "code": f'curl -g {token}"{address}"'}


def _python(address: str, needs_token: bool, *, has_assets: bool) -> Way:
    shown = 'row["asset_type"], row["asset_uri"]' if has_assets else 'row["dataset"], row["metadata"]["title"]'
    if needs_token:
        lines = [
            "import os, requests",
            "",
            "answer = requests.get(",
            f'    "{address}",',
            f'    headers={{"Authorization": f"Bearer {{os.environ[\'{TOKEN[1:]}\']}}"}},',
            ")",
        ]
    else:
        lines = ["import requests", "", f'answer = requests.get("{address}")']
    lines += ['for row in answer.json()["data"]:', f"    print({shown})"]
    return {"key": "python", "title": "Python", "about": "the same, with requests", "code": "\n".join(lines)}


def _gfw(address: str, needs_token: bool) -> Way:
    token = f'-H "x-api-key: {TOKEN}" \\\n  ' if needs_token else ""
    return {
        "key": "gfw",
        "title": "GFW",
        "about": "its record, as clients of the GFW Data API read it",
        "code": f'curl -g {token}"{address}"',
    }


def _apify(base: str, *, is_unnamed: bool) -> Way:
    lines = [
        "import os",
        "from apify_client import ApifyClient",
        "",
        f'client = ApifyClient(os.environ["{TOKEN[1:]}"], api_url="{base}")',
        f"for dataset in client.datasets().iterate({'unnamed=True' if is_unnamed else ''}):",
        "    print(dataset.id, dataset.name)",
    ]
    return {
        "key": "apify",
        "title": "Apify",
        "about": "your datasets and those shared with you, with apify-client",
        "code": "\n".join(lines),
    }


def _org(address: str) -> Way:
    return {
        "key": "org",
        "title": "Org",
        "about": "its versions, as the Dreadnode clients read them",
        "code": f'curl -H "X-API-Key: {TOKEN}" \\\n  "{address}"',
    }


def _org_of(viewer: Viewer, dataset: Dataset) -> str | None:
    """Under whose name the org dialect lists `dataset` for `viewer`; None where it does not.

    A person's own datasets are listed under their handle for them alone; others meet them under their own handle, among
    what is open to all.
    """
    if dataset.organization or dataset.owner_id == viewer.user_id:
        return dataset.party_key
    return viewer.handle if dataset.visibility is not Visibility.PRIVATE else None
