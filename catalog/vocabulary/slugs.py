"""Names that stand in addresses: slugs of datasets, keys of organizations and handles of users."""

import re
from hashlib import sha256

from catalog.vocabulary.text import fold, transliterate

SLUG = re.compile(r"^[a-z][a-z0-9_-]{2,}$")
SLUG_LIMIT = 200
RESERVED_SLUGS = frozenset({"latest", "new", "facets", "activity", "mine", "shared", "export", "import"})

PARTY_KEY = re.compile(r"^[a-z0-9-]{2,39}$")
KEY_LIMIT = 39

# First parts of addresses: in the registry of the org dialect, then our own.
_WORDS_OF_ADDRESSES = """
    auth beta config feedback health inference org user

    about account admin api asset assets dataset datasets developers docs downloads errors favicon feeds harvests
    healthz help imports me metrics new openapi organization organizations ping readyz register robots runs search
    settings sign-in sign-out sign-up sitemap sources static styleguide suggest tags trash users v1 v2 well-known
"""
RESERVED_KEYS = frozenset(_WORDS_OF_ADDRESSES.split())


def make_slug(given: str) -> str:
    """A slug for `given`: itself when it is one, else as near to it as a slug can be; never reserved."""
    lowered = transliterate(given).strip().lower()
    slug = lowered if SLUG.fullmatch(lowered) else _slugified(lowered)
    slug = _cut(slug, SLUG_LIMIT)
    return numbered(slug, 2) if slug in RESERVED_SLUGS else slug


def is_slug(text: str) -> bool:
    """Whether a dataset may be called `text`: the form, the length, and no word that addresses need for themselves."""
    return len(text) <= SLUG_LIMIT and SLUG.fullmatch(text) is not None and text not in RESERVED_SLUGS


def numbered(slug: str, n: int) -> str:
    """The `n`-th slug after `slug` is taken: `slug_n`, cut to the limit."""
    ending = f"_{n}"
    return slug[: SLUG_LIMIT - len(ending)] + ending


def make_key(title: str) -> str:
    """A key for the organization or user called `title`; the same for titles alike but for case; never reserved.

    A title that leaves nothing in ASCII has a key made from its hash.
    """
    words = re.sub(r"[^a-z0-9]+", "-", transliterate(title).lower()).strip("-")
    key = _cut(words, KEY_LIMIT)
    if not key:
        key = "key-" + sha256(fold(title).encode(errors="replace")).hexdigest()[:10]
    if len(key) == 1:
        key = f"key-{key}"
    return numbered_key(key, 2) if key in RESERVED_KEYS else key


def numbered_key(key: str, n: int) -> str:
    """The `n`-th key after `key` is taken: `key-n`, cut to the limit."""
    ending = f"-{n}"
    return key[: KEY_LIMIT - len(ending)].rstrip("-") + ending


def _slugified(lowered: str) -> str:
    """`lowered` with `_` for what a slug cannot hold, `d_` before what cannot begin one or is too short."""
    words = re.sub(r"[^a-z0-9_-]+", "_", lowered).strip("_-")
    if not words:
        return "dataset"
    return words if SLUG.fullmatch(words) else f"d_{words}"


def _cut(words: str, limit: int) -> str:
    """`words` cut to `limit`, at the end of a word where one ends in the latter half."""
    if len(words) <= limit:
        return words
    beginning = words[:limit]
    if words[limit] not in "_-":
        word_end = max(beginning.rfind("_"), beginning.rfind("-"))
        if word_end >= limit // 2:
            beginning = beginning[:word_end]
    return beginning.rstrip("_-")
