"""How each client is pointed here, and what differs for it, for the page for developers and docs/scripts.md alike."""

from dataclasses import dataclass

_HERE = "http://localhost:8000"
_BEGINNING = """# Scripts and clients

Clients of three other systems read this catalog unchanged: each is told the catalog's address and a token, made at
`/account/tokens`. Here the address is `http://localhost:8000`; the page `/developers` says the same with yours.
`make scripts` writes this page from `catalog/pages/clients.py`.
"""


@dataclass(frozen=True)
class Client:
    """A program that can be pointed here: its lines, in which `{base}` stands for this catalog, and what to know."""

    key: str
    title: str
    about: str
    language: str
    code: str
    install: str | None = None
    note: str | None = None

    def pointed(self, base: str) -> str:
        """Its lines for the catalog at `base`."""
        return self.code.replace("{base}", base)

    def remark(self, quote: str = "") -> str | None:
        """How to install it, a command between `quote` on both sides, and what else has to be known."""
        install = f"Install it with {quote}{self.install}{quote}." if self.install else None
        return " ".join(filter(None, (install, self.note))) or None


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
                "print([dataset.dataset for dataset in GlobalForestWatchClient().list_datasets().datasets])",
                "pip install openepi-client",
                "It asks for Python 3.12 or newer, and lists without a token: only what is public.",
            ),
            Client(
                "openepi-key",
                "openepi-client as somebody",
                "the same, with a token or an API key",
                "python",
                'import os\nimport httpx\n\nos.environ["gfw_api_url"] = "{base}"\n'
                "from openepi_client.global_forest_watch import GlobalForestWatchClient\n\n"
                'bearing = httpx.Client(follow_redirects=True, headers={"x-api-key": os.environ["CATALOG_TOKEN"]})\n'
                "listed = GlobalForestWatchClient(http_client=bearing).list_datasets()\n"
                "print([dataset.dataset for dataset in listed.datasets])",
                "pip install openepi-client",
                "It closes what it is given after one call: make another for the next one."
                " Its own setting, gfw_api_key, goes with queries and downloads alone, which are not served here."
                " Versions, fields and assets it asks for without any credential, so it reads those of public datasets"
                " alone.",
            ),
            Client(
                "gfw-python",
                "Python",
                "with a token, by its standard library alone",
                "python",
                "import json\nimport os\nfrom urllib.request import Request, urlopen\n\n"
                'bearing = {"Authorization": "Bearer " + os.environ["CATALOG_TOKEN"]}\n'
                'with urlopen(Request("{base}/datasets.json", headers=bearing)) as answer:\n'
                '    print([dataset["dataset"] for dataset in json.load(answer)["data"]])',
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
            "A refused request has its reason as message and as detail; the original sends one or the other.",
            "openepi-client raises on asset types beyond 13, which CATALOG_GFW_ASSET_TYPES=known leaves out.",
            "It raises as well on a spatial_resolution that is no whole number; none is rounded here.",
            "It takes the last of versions for the latest one, and does not follow /latest, which leads on (307).",
            "Walking by pages it raises where the list became shorter and the next page is past its end (422).",
            "API keys are made and ended here. Datasets are not: a write to one gets 401 or 501, a query of it 501.",
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
                'import os\nfrom apify_client import ApifyClient\n\nhere = "{base}"\n'
                'client = ApifyClient(os.environ["CATALOG_TOKEN"], api_url=here, api_public_url=here)\n'
                "print([dataset.name for dataset in client.datasets().iterate()])",
                "pip install apify-client",
            ),
            Client(
                "apify-js",
                "JavaScript",
                "apify-client",
                "js",
                'import { ApifyClient } from "apify-client";\n\n'
                'const here = "{base}";\nconst token = process.env.CATALOG_TOKEN;\n'
                "const client = new ApifyClient({ token, baseUrl: here, publicBaseUrl: here });\n"
                "console.log((await client.datasets().list()).items.map((dataset) => dataset.name));",
                "npm install apify-client",
                "The lines go into a file whose name ends in .mjs.",
            ),
            Client(
                "apify-cli",
                "apify",
                "the command line tool",
                "sh",
                'export APIFY_CLIENT_BASE_URL="{base}"\napify login --token "$CATALOG_TOKEN"\napify datasets ls',
                "npm install --global apify-cli",
                "It knows one account at a time: this sign-in takes the place of the one before."
                " Its list writes your own name before every dataset, also before those that are shared with you.",
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
            "No items are stored, and nothing is pushed, made, changed or removed: such requests get 405.",
            "A session in the browser does not count: every request needs a token, but for signed addresses of items.",
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
                'listed = api.list_datasets("ORGANIZATION", include_public=True)\n'
                'print([f"{dataset.full_name} {dataset.latest_version}" for dataset in listed])',
                "pip install dreadnode",
            ),
            Client(
                "dn",
                "dn",
                "the command line tool",
                "sh",
                'export DREADNODE_SERVER="{base}" DREADNODE_API_KEY="$CATALOG_TOKEN"\n'
                "dn dataset list --organization ORGANIZATION --include-public",
                "pip install dreadnode",
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
            "Versions are named X.Y.Z: 2017-04-07 goes out as 2017.4.7, a dataset without any version as 0.0.0.",
            "Data is downloaded from where it lies; nothing is pushed or deleted: such requests get 404 or 405.",
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
            if remark := client.remark("`"):
                parts.append(f"{remark}\n")
        parts.append("What differs from the original:\n")
        parts.append("".join(f"- {sentence}\n" for sentence in manner.differences))
        parts.append(
            f"Everything else stands in [its README](../catalog/dialects/{manner.key}/README.md)"
            f" and, operation by operation, at `/developers/{manner.key}`.\n"
        )
    return "\n".join(parts)
