"""Code to copy: how a program asks for one dataset, with the reader's own address and a place for the token."""

from flask import request

from catalog.model import Dataset, Version
from catalog.pages.door import settings


def commands(dataset: Dataset, latest: Version | None) -> list[dict[str, str]]:
    """The ways to ask for `dataset`, each with its key, its title, a few words and the code."""
    base = (settings().public_url or request.url_root).rstrip("/")
    org, slug = dataset.party_key, dataset.slug
    version = latest.gfw if latest else None
    of_version = f"&version={version}" if version else ""
    assets = f"{base}/assets?dataset={slug}{of_version}" if version else f"{base}/datasets?q={slug}&page[size]=10"
    return [
        {
            "key": "curl",
            "title": "curl",
            "about": "where its data lies",
            "code": f'curl -g -H "Authorization: Bearer $CATALOG_TOKEN" \\\n  "{assets}"',
        },
        {
            "key": "python",
            "title": "Python",
            "about": "the same, with requests",
            "code": (
                "import os, requests\n\n"
                "answer = requests.get(\n"
                f'    "{assets}",\n'
                '    headers={"Authorization": f"Bearer {os.environ[\'CATALOG_TOKEN\']}"},\n'
                ")\n"
                'for row in answer.json()["data"]:\n'
                + (
                    '    print(row["asset_type"], row["asset_uri"])'
                    if version
                    else '    print(row["dataset"], row["metadata"]["title"])'
                )
            ),
        },
        {
            "key": "gfw",
            "title": "GFW",
            "about": "its record, for clients of the GFW Data API",
            "code": f'curl -g -H "x-api-key: $CATALOG_TOKEN" \\\n  "{base}/datasets?q={slug}&page[size]=10"',
        },
        {
            "key": "apify",
            "title": "Apify",
            "about": "yours and those shared with you, with apify-client",
            "code": (
                "import os\nfrom apify_client import ApifyClient\n\n"
                f'client = ApifyClient(os.environ["CATALOG_TOKEN"], api_url="{base}")\n'
                "for dataset in client.datasets().iterate():\n"
                "    print(dataset.id, dataset.name)"
            ),
        },
        {
            "key": "org",
            "title": "Org",
            "about": "its versions, for the Dreadnode command line",
            "code": (
                f"export DREADNODE_SERVER={base} DREADNODE_API_KEY=$CATALOG_TOKEN\n"
                f'curl -H "X-API-Key: $CATALOG_TOKEN" \\\n  "{base}/api/v1/org/{org}/datasets?name={slug}&include_public=true"'
            ),
        },
    ]
