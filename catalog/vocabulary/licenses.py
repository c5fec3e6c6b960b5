"""Licenses under their SPDX id or one short name, recognized in whatever a source wrote about them."""

import re
from collections.abc import Iterator

from catalog.vocabulary.memory import remembering
from catalog.vocabulary.text import decode_entities, fold, tidy

LICENSE_WORDS = 80
"""A license without a short name is called by its own words where it has fewer characters; else it is to be read."""
# A text with more words sets out terms of its own; a license that it names need not be the license of the data.
_LONGEST = 1500
_LONGEST_WITH_TAGS = 20_000

# Names that count only where they are all that is said.
_NAMES = {
    "MIT": ("mit", "expat"),
    "ISC": ("isc", "isc license"),
    "Unlicense": ("unlicense", "the unlicense"),
    "WTFPL": ("wtfpl",),
    "MS-PL": ("ms-pl", "microsoft public license"),
    "GFDL": ("gfdl", "gnu free documentation license"),
    "EUPL-1.1": ("eupl-1.1",),
    "EUPL-1.2": ("eupl-1.2",),
    "MPL-2.0": ("mpl-2.0", "mozilla public license 2.0"),
    "AFL-3.0": ("afl-3.0",),
    "Artistic-2.0": ("artistic-2.0",),
    "ECL-2.0": ("ecl-2.0",),
    "OSL-3.0": ("osl-3.0",),
    "Zlib": ("zlib",),
    "C-UDA-1.0": ("c-uda", "c-uda-1.0"),
    "public-domain": (
        *("public domain", "publicdomain", "public-domain", "in the public domain", "other (public domain)"),
        *("other-pd", "domaine public", "domínio público", "dominio público"),
    ),
    "public-domain-US": (
        *("us government work", "us government works", "us government dataset", "us government public domain"),
        *("public-domain-us", "us public domain", "public domain us government", "public domain (us government work)"),
    ),
}
_BY_NAME = {name: license for license, names in _NAMES.items() for name in names}

# Licenses that have one version, or whose version belongs to the name, wherever they are mentioned.
_MENTIONS = {
    "CC0-1.0": r"\bcc[ -]?0\b|\b(?:cc|creative commons)(?: cc)?[ -]?zero\b|\bcreative commons (?:0\b|1\.0 universal)",
    "CC-PDM-1.0": r"\bcc[ -]pdm\b|\bpublic domain mark\b",
    "CC-BY-3.0-IGO": r"\battribution for intergovernmental organi[sz]ations\b",
    "ODbL-1.0": r"\b(?:odc[ -])?odbl\b|\bopen database licen[cs]e\b",
    "ODC-By-1.0": r"\bodc[ -]by\b|\b(?:odc|open data commons) attribution licen[cs]e\b",
    "PDDL-1.0": r"\b(?:odc[ -])?pddl\b|\bpublic domain dedication (?:and|&) licen[cs]e\b",
    "MIT": r"\bmit[ -]licen[cs]e\b",
    "Apache-2.0": r"\bapache(?: software)?(?: licen[cs]e)?,?[ -](?:v(?:ersion)?\.? ?)?2(?:\.0)?\b",
    "BSD-2-Clause": r"\bbsd[ -]2(?:[ -]clause)?\b|\b2-clause bsd\b",
    "BSD-3-Clause": r"\bbsd[ -]?3(?:[ -]clause)?\b|\b3-clause bsd\b",
    "public-domain": r"\b(?:is|are) (?:free and )?(?:(?:with)?in the )?public domain\b",
}

# What stands between a name and its version, and the version; all of it may be missing.
_VERSION_NEXT = (
    r"(?:(?:[ (),:\"'-]|licen[cs]e\b|international\b|unported\b|generic\b|public\b|legal code\b"
    r"|version\b|ver\.|v\.?(?= ?\d))*(?P<version>\d(?:\.\d)?)(?!\d|\.\d))?"
)

# Licenses of several versions: the version is what is written next, if anything is.
_VERSIONED_MENTIONS = {
    license: re.compile(f"(?:{pattern}){_VERSION_NEXT}")
    for license, pattern in {
        "OGL-UK": r"\b(?:uk|united kingdom) open government licen[cs]e\b(?: \(ogl\))?|\bogl[ -]uk\b"
        r"|\bopen government licen[cs]e(?=[ -]v(?:ersion)?\.? ?3)",
        "OGL-Canada": r"\bogl[ -]canada\b|\bopen government licen[cs]e[ -]+canada\b",
        "Licence-Ouverte": r"\blicence[ -]ouverte\b(?: ?/ ?open licen[cs]e)?|\betalab\b",
        "NLOD": r"\bnlod\b|\bnorwegian licen[cs]e for (?:open|public) (?:government )?data\b(?: \(nlod\))?",
        "DL-DE-BY": r"\bdl-de[/-]by\b|\bdatenlizenz deutschland[ -]+namensnennung\b",
        "DL-DE-ZERO": r"\bdl-de[/-]zero\b|\bdatenlizenz deutschland[ -]+zero\b",
        "GPL": r"\bgpl\b|\bgnu general public licen[cs]e\b",
        "LGPL": r"\blgpl\b|\bgnu lesser general public licen[cs]e\b",
        "AGPL": r"\bagpl\b|\bgnu affero general public licen[cs]e\b",
        "CDLA-Permissive": r"\bcdla[ -]permissive\b|\bcommunity data(?:base)? license agreement[ -]+permissive\b",
        "CDLA-Sharing": r"\bcdla[ -]sharing\b|\bcommunity data(?:base)? license agreement[ -]+sharing\b",
    }.items()
}

# Creative Commons: its elements in short or in words, then the version, then the country that the text was fitted to.
_ELEMENTS = {
    "BY": r"by\b|attribut(?:ion|e)\b|namensnennung\b|naamsvermelding\b|atribuição\b|atribución\b|attribuzione\b"
    r"|reconocimiento\b|paternité\b",
    "NC": r"nc\b|non[ -]?commercial\b(?: use\b)?|nicht[ -]?kommerziell\b|niet[ -]?commercieel\b|não[ -]?comercial\b"
    r"|no[ -]?comercial\b|non commerciale\b|pas d'utilisation commerciale\b",
    "SA": r"sa\b|share[ -]?alike\b|weitergabe unter gleichen bedingungen\b|gelijk ?delen\b|compartilha ?igual\b"
    r"|compartir ?igual\b|condividi allo stesso modo\b|partage dans les mêmes conditions\b",
    "ND": r"nd\b|no[ -]?deriv(?:ative)?s?\b(?: works\b)?|keine bearbeitung(?:en)?\b|geen afgeleide ?werken\b"
    r"|sem derivações\b|sin (?:obra )?derivadas?\b|pas de modification\b",
}
_CC_VERSIONS = frozenset({"1.0", "2.0", "2.1", "2.5", "3.0", "4.0"})
_COUNTRIES = {
    "united states": "US",
    "deutschland": "DE",
    "germany": "DE",
    "argentina": "AR",
    "australia": "AU",
    "brasil": "BR",
    "brazil": "BR",
    "new zealand": "NZ",
    "nederland": "NL",
    "netherlands": "NL",
    "österreich": "AT",
}
_ELEMENT = "|".join(f"(?:{pattern})" for pattern in _ELEMENTS.values())
_CREATIVE_COMMONS = re.compile(
    r"(?:\bcc|\bcreative commons)(?: licen[cs]e)?[ :,-]*(?:cc[ -]*)?"
    rf"(?P<parts>(?:{_ELEMENTS['BY']})(?:[ ,/-]*(?:{_ELEMENT}))*)(?:[ ]*\(by(?:-\w\w)*\))?"
    + _VERSION_NEXT
    + rf"(?:(?: unported| generic)?[ -]+(?P<port>igo\b|{'|'.join(_COUNTRIES)}|[a-z][a-z](?=\W*(?:$|[).;]))))?"
)

# Addresses of licenses from the host on, so that no other part of an address is taken for one.
_ADDRESSES = tuple(
    (license, re.compile(rf"https?://(?:[a-z0-9-]+\.)*?{pattern}"))
    for license, pattern in (
        ("CC0-1.0", r"creativecommons\.org/(?:publicdomain/zero|share-your-work/public-domain/cc0)\b"),
        ("CC-PDM-1.0", r"creativecommons\.org/publicdomain/mark\b"),
        (
            "CC",
            r"creativecommons\.org/licen[sc]es/(?P<parts>by(?:-(?:nc|nd|sa))*)\b(?![-.])"
            r"(?:/(?P<version>\d\.\d)(?:/(?P<port>[a-z]{2,3})(?![\w.-]))?)?",
        ),
        ("CC", r"opendefinition\.org/licenses/cc-(?P<parts>by(?:-sa)?)\b"),
        ("CC0-1.0", r"opendefinition\.org/licenses/cc-zero\b"),
        ("ODbL-1.0", r"(?:opendatacommons\.org/licenses/odbl|opendefinition\.org/licenses/odc-odbl)\b"),
        ("ODC-By-1.0", r"(?:opendatacommons\.org/licenses/by|opendefinition\.org/licenses/odc-by)\b"),
        ("PDDL-1.0", r"(?:opendatacommons\.org/licenses/pddl|opendefinition\.org/licenses/odc-pddl)\b"),
        ("OGL-UK", r"nationalarchives\.gov\.uk/doc/open-government-licence\b(?:/version/(?P<version>\d))?"),
        ("OGL-UK", r"reference\.data\.gov\.uk/id/open-government-licence\b"),
        ("OGL-Canada", r"open\.canada\.ca/en/open-government-licence-canada\b"),
        ("Licence-Ouverte", r"etalab\.gouv\.fr/(?:\S*/)?etalab-licence-ouverte-v(?P<version>\d\.\d)"),
        ("Licence-Ouverte", r"etalab\.gouv\.fr/(?:licence-ouverte-)?open-licence\b"),
        ("NLOD", r"data\.norge\.no/nlod\b(?:/\w\w)?(?:/(?P<version>\d\.\d))?"),
        ("DL-DE-BY", r"govdata\.de/dl-de/by(?:-(?P<version>\d-\d))?"),
        ("DL-DE-ZERO", r"govdata\.de/dl-de/zero(?:-(?P<version>\d-\d))?"),
        ("CDLA-Permissive", r"cdla\.(?:io|dev)/permissive(?:-(?P<version>\d-\d))?"),
        ("CDLA-Sharing", r"cdla\.(?:io|dev)/sharing(?:-(?P<version>\d-\d))?"),
        ("Apache-2.0", r"apache\.org/licenses/license-2\.0\b"),
        ("GPL", r"gnu\.org/licenses/gpl(?:-(?P<version>\d\.\d))?"),
        ("public-domain-US", r"usa\.gov/(?:publicdomain/label|government-works)\b"),
    )
)

# Pages of lists of licenses, which end in the name of one.
_LISTED = re.compile(
    r"https?://(?:www\.)?(?:spdx\.org|opensource\.org|choosealicense\.com)/licenses?/([a-z0-9.-]+?)(?:\.html|\.php)?/?"
)

_TITLES = {
    "public-domain": "Public domain",
    "public-domain-US": "US public domain",
    "CC-PDM-1.0": "Public Domain Mark 1.0",
    "etalab-2.0": "Licence Ouverte 2.0",
    "Licence-Ouverte": "Licence Ouverte",
    "OGL-UK": "OGL UK",
    "OGL-Canada": "OGL Canada",
    "DL-DE-BY": "DL-DE BY",
    "DL-DE-ZERO": "DL-DE Zero",
}

# Words that tell that the license named is not, or not alone, the license of the data.
_DOUBTS = re.compile(
    r"\b(?:similar to|compatible with|except|exclud(?:e[sd]?|ing)|unless|var(?:y|ies|ying|ious)|some|most|usually"
    r"|however|multiple|depends|own licen[cs]es?|per[ -](?:file|image)|code|software|initially|previously|formerly"
    r"|proprietary|not (?:licen[cs]ed|under)|partly|may be (?:restricted|subject|licen[cs]ed)"
    r"|terms of (?:use|service)|additional (?:data|terms|conditions|restrictions))\b|\(any\)|(?<!/)\bor\b(?! send\b)"
)
_SEVERAL = re.compile(r"[a-z0-9.+-]+(?:, ?[a-z0-9.+-]+)+")
_ADDRESS = re.compile(r"https?://[^\s<>\"'\])]+")
_TAG = re.compile(r"<[^<>]*>")


@remembering(1_000)
def license_id(text: str | None) -> str | None:
    """The license that `text` states: its SPDX id ("CC-BY-4.0"), or a short name where the version is left open.

    None when no license is recognized, when several are, or when the wording leaves a doubt. A version that is not
    stated is never added, unless the license has but one.
    """
    if not text or len(text) > _LONGEST_WITH_TAGS:
        return None
    folded = fold(decode_entities(tidy(text))).replace("’", "'")
    addresses = _ADDRESS.findall(folded)
    words = _plain_words(_ADDRESS.sub(" ", folded))
    if len(words) > _LONGEST or _DOUBTS.search(words) or _SEVERAL.fullmatch(words):
        return None
    named = _BY_NAME.get(words.strip(" .,;:-*\"'"))
    mentioned = {*_mentioned(words), *([named] if named else [])}
    addressed = [set(_addressed(address)) for address in addresses]
    if not mentioned and not all(addressed):
        return None
    found = mentioned.union(*addressed)
    certain = {one for one in found if not any(_is_vaguer(one, other) for other in found)}
    return certain.pop() if len(certain) == 1 else None


def license_title(id: str) -> str:
    """The license called `id` as a reader is shown it: "CC BY 4.0"; an id unknown here as it is."""
    if id in _TITLES:
        return _TITLES[id]
    if parts := re.fullmatch(r"CC-(BY(?:-(?:NC|SA|ND))*)(?:-(.+))?", id):
        return f"CC {parts[1]} {(parts[2] or '').replace('-', ' ')}".rstrip()
    name, _, version = id.rpartition("-")
    return f"{_TITLES.get(name, name)} {version}" if re.fullmatch(r"\d+\.\d+", version) else id


def _plain_words(folded: str) -> str:
    """`folded` without tags, marks of links and repeated blanks; "U.S." as "us"."""
    bare = re.sub(r"[\[\]{}<>]|\(\s*\)|[–—_]", lambda mark: "-" if mark[0] in "–—_" else " ", _TAG.sub(" ", folded))
    return re.sub(r"\s+", " ", bare.replace("u.s.", "us")).strip()


def _mentioned(words: str) -> Iterator[str]:
    """Every license that `words` mention."""
    for license, pattern in _MENTIONS.items():
        if re.search(pattern, words):
            yield license
    for license, pattern in _VERSIONED_MENTIONS.items():
        for found in pattern.finditer(words):
            yield _versioned(license, found["version"])
    for found in _CREATIVE_COMMONS.finditer(words):
        yield _creative_commons(found["parts"], found["version"], found["port"])


def _addressed(address: str) -> Iterator[str]:
    """The license whose own page `address` is."""
    if (listed := _LISTED.fullmatch(address)) and (named := license_id(listed[1])):
        yield named
    for license, pattern in _ADDRESSES:
        if found := pattern.match(address):
            parts = found.groupdict()
            if license == "CC":
                yield _creative_commons(parts["parts"], parts.get("version"), parts.get("port"))
            else:
                yield _versioned(license, parts.get("version"))


def _versioned(license: str, version: str | None) -> str:
    full = f"{license}-{_full(version)}" if version else license
    return "etalab-2.0" if full == "Licence-Ouverte-2.0" else full


def _creative_commons(parts: str, version: str | None, port: str | None) -> str:
    present = [element for element, pattern in _ELEMENTS.items() if re.search(rf"\b(?:{pattern})", parts)]
    id = "-".join(["CC", *present])
    if not version or _full(version) not in _CC_VERSIONS:
        return id
    id = f"{id}-{_full(version)}"
    if not port or _full(version) == "4.0":
        return id
    return f"{id}-{_COUNTRIES.get(port, port.upper())}"


def _full(version: str) -> str:
    return version.replace("-", ".") if len(version) > 1 else f"{version}.0"


def _is_vaguer(one: str, other: str) -> bool:
    """Whether `other` is `one` said more exactly: with its version, with its country."""
    if not other.startswith(f"{one}-"):
        return False
    return other[len(one) + 1].isdigit() or any(map(str.isdigit, one)) or one == "public-domain"
