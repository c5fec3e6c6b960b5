"""How each client is pointed here, and what differs for it, for the page for developers and docs/scripts.md alike."""

from dataclasses import dataclass

_HERE = "http://localhost:8000"
_BEGINNING = """# Scripts and clients

Clients of three other systems read this catalog unchanged: each is told the catalog's address and a token. Here the
address is `http://localhost:8000`; the page `/developers` says the same with yours. `make scripts` writes this page
from `catalog/pages/clients.py`.
"""


@dataclass(frozen=True)
class Client:
    """A program that can be pointed here: its lines, in which `{base}` stands for this catalog."""

    key: str
    title: str
    about: str
    language: str
    code: str

    def pointed(self, base: str) -> str:
        """Its lines for the catalog at `base`."""
        return self.code.replace("{base}", base)


@dataclass(frozen=True)
class Manner:
    """One of the three ways to speak with the catalog: who speaks it, and what differs from the original."""

    key: str
    title: str
    about: str
    clients: tuple[Client, ...]
    differences: tuple[str, ...]


MANNERS = (
    Manner(
        "gfw",
        "GFW Data API",
        "Every dataset and asset that you may see, as the Data API of Global Forest Watch lists them.",
        (
            Client(
                "openepi",
                "openepi-client",
                "Python, reads its address from the environment",
                "python",
                'import os\n\nos.environ["gfw_api_url"] = "{base}"\n'
                "from openepi_client.global_forest_watch import GlobalForestWatchClient\n\n"
                "print(GlobalForestWatchClient().list_datasets())",
            ),
            Client(
                "gfw-curl",
                "curl",
                "without a token for what is public",
                "sh",
                'curl -g "{base}/datasets.json?page[size]=5"',
            ),
        ),
        (
            "A token goes into Authorization: Bearer, X-API-Key or ?x-api-key=.",
            "/datasets and /assets answer with a page where Accept names text/html; the .json addresses never do.",
            "A refused request has its reason as message, like the service, and as detail, like its published page.",
            "openepi-client knows 13 asset types and no others: CATALOG_GFW_ASSET_TYPES=known leaves the others out.",
        ),
    ),
    Manner(
        "apify",
        "Apify API",
        "Your own datasets and those shared with you, as storages of the Apify platform.",
        (
            Client(
                "apify-python",
                "Python",
                "apify-client",
                "python",
                "import os\nfrom apify_client import ApifyClient\n\n"
                'client = ApifyClient(os.environ["CATALOG_TOKEN"], api_url="{base}")\n'
                "print([dataset.name for dataset in client.datasets().iterate()])",
            ),
            Client(
                "apify-js",
                "JavaScript",
                "apify-client",
                "js",
                'import { ApifyClient } from "apify-client";\n'
                'const client = new ApifyClient({ token: process.env.CATALOG_TOKEN, baseUrl: "{base}" });\n'
                "console.log(await client.datasets().list());",
            ),
            Client(
                "apify-cli",
                "apify",
                "the command line tool",
                "sh",
                'export APIFY_CLIENT_BASE_URL="{base}"\napify login --token "$CATALOG_TOKEN"\napify datasets ls',
            ),
            Client(
                "apify-curl",
                "curl",
                "the list itself",
                "sh",
                'curl -H "Authorization: Bearer $CATALOG_TOKEN" "{base}/v2/datasets?limit=5"',
            ),
        ),
        (
            "What is merely public is not listed: only what is yours or reaches you by a share or an organization.",
            "An unnamed dataset has its id for a name in lists, because clients refuse null there.",
            "An account's session in the browser does not count: every request needs a token.",
        ),
    ),
    Manner(
        "org",
        "Dreadnode platform",
        "The datasets of an organization, a row a version, as the Dreadnode platform shows them.",
        (
            Client(
                "dreadnode",
                "ApiClient",
                "Python, from dreadnode",
                "python",
                "import os\nfrom dreadnode.app.api.client import ApiClient\n\n"
                'api = ApiClient("{base}", api_key=os.environ["CATALOG_TOKEN"])\n'
                'print(api.list_datasets("ORGANIZATION", include_public=True))',
            ),
            Client(
                "dn",
                "dn",
                "the command line tool",
                "sh",
                'export DREADNODE_SERVER="{base}" DREADNODE_API_KEY="$CATALOG_TOKEN"\n'
                "dn dataset list --organization ORGANIZATION --include-public",
            ),
            Client(
                "org-curl",
                "curl",
                "the list itself",
                "sh",
                'curl -H "X-API-Key: $CATALOG_TOKEN" "{base}/api/v1/org/ORGANIZATION/datasets"',
            ),
        ),
        (
            "ORGANIZATION is the key of an organization, or your own handle for the datasets that are in none.",
            "include_public adds what is public or internal elsewhere.",
            "A dataset without any version goes out as version 0.0.0.",
        ),
    ),
)


def render() -> str:
    """docs/scripts.md: every client with its lines, in Markdown."""
    parts = [_BEGINNING]
    for manner in MANNERS:
        parts.append(f"## {manner.title}\n\n{manner.about}\n")
        for client in manner.clients:
            parts.append(f"### {client.title}: {client.about}\n\n```{client.language}\n{client.pointed(_HERE)}\n```\n")
        parts.append("What differs from the original:\n")
        parts.append("".join(f"- {sentence}\n" for sentence in manner.differences))
        parts.append(
            f"Everything else stands in [its README](../catalog/dialects/{manner.key}/README.md)"
            f" and, operation by operation, at `/developers/{manner.key}`.\n"
        )
    return "\n".join(parts)
