"""The fields of the indexes, and how their texts are read: those of datasets and of assets have the same."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from uuid import UUID

from tantivy import Filter, Index, Schema, SchemaBuilder, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from catalog.search.words import plain

VERSION = 6
"""Counts what documents have been made of; an index of other ones is built anew."""

# Texts come as words with blanks between them (catalog.search.words); stems find `forests` for `forest`.
_WORDS, _STEMS, _RAW = "words", "stems", "raw"
# Fields of words: how they are read, and whether phrases can be looked for in them.
_TEXTS = {
    "text": (_STEMS, "position"),
    "exact": (_WORDS, "freq"),
    "title": (_STEMS, "position"),
    "names": (_WORDS, "freq"),
    "ends": (_WORDS, "basic"),
    "tags": (_STEMS, "freq"),
    "columns": (_STEMS, "freq"),
}
VALUE, FACET = "value", "facet"
"""Two fields of whole values, each told apart by a name behind a point: `value.owner`, `facet.tag`.

By `value` a document is found, by `facet` it is counted too, as the database holds it, column by column. One field of
each kind for all names, because every commit pays for each field that it writes.
"""
MARK = -1
"""The dataset of the one document that says how far the journal has been followed."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NAMED, UNNAMED = "named", "unnamed"
LATEST, DEFAULT, GFW_KNOWN = "latest", "default", "gfw"
"""What the field `flag` holds of an asset: of the latest version, its version's default, of a type that GFW knows."""
# As many bytes as a number has, and what makes it a signed one.
_BYTES, _HALF = 8, 2**63
# Between a tag as it is looked for and as it is shown.
_SHOWN_AS = "\x1f"


def tag_word(tag: str) -> str:
    """What the field `word` holds of a tag: it can be found by its beginning there, and shown as it was given."""
    return f"{plain(tag)}{_SHOWN_AS}{tag}"


def shown_tag(word: str) -> str:
    """The tag as it was given that the field `word` holds."""
    return word.partition(_SHOWN_AS)[2]


@lru_cache(maxsize=1_000)
def microseconds(moment: datetime) -> int:
    """What the fields `created` and `updated` hold of a moment."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def address_number(address: str | UUID) -> int:
    """What the field `address` holds of where an asset lies, or of its own id where it lies nowhere.

    A number of 64 bits that is of this address alone, unless one of a billion billions is hit upon by chance.
    """
    said = address.encode() if isinstance(address, str) else b"\0" + address.bytes
    return int.from_bytes(blake2b(said, digest_size=_BYTES).digest(), "big", signed=True)


def beginning(text: str) -> int:
    """What the fields `by_name` and `by_slug` hold of a text: its first bytes as a number, in the order of texts."""
    return int.from_bytes(text.encode()[:_BYTES].ljust(_BYTES, b"\0"), "big") - _HALF


def is_whole(number: int) -> bool:
    """Whether `beginning` gave this number for one text alone: one so short that a byte was left."""
    return number % 256 == 0


@lru_cache
def schema() -> Schema:
    """The fields of a document. Every number is a signed one: an unsigned field does not take what Python gives it."""
    builder = SchemaBuilder()
    builder.add_integer_field("dataset", indexed=True)
    builder.add_integer_field("address", indexed=True)
    builder.add_integer_field("id", fast=True)
    builder.add_integer_field("created", fast=True)
    builder.add_integer_field("updated", fast=True)
    builder.add_integer_field("items", fast=True)
    builder.add_integer_field("rows", fast=True)
    builder.add_integer_field("by_name", fast=True)
    builder.add_integer_field("by_slug", fast=True)
    for name, (tokenizer, option) in _TEXTS.items():
        builder.add_text_field(name, tokenizer_name=tokenizer, index_option=option)
    builder.add_text_field("word", tokenizer_name=_RAW, index_option="basic")
    builder.add_json_field(VALUE, tokenizer_name=_RAW, index_option="basic")
    builder.add_json_field(FACET, tokenizer_name=_RAW, index_option="basic", fast=True)
    builder.add_bytes_field("mark", stored=True)
    return builder.build()


def with_readers(index: Index) -> Index:
    """`index`, told how its texts are read."""
    index.register_tokenizer(_STEMS, stems())
    index.register_tokenizer(_WORDS, TextAnalyzerBuilder(Tokenizer.whitespace()).build())
    return index


@lru_cache
def stems() -> TextAnalyzer:
    """Reads words as their English stems; words of other languages mostly stay as they are."""
    return TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.stemmer("english")).build()


@lru_cache(maxsize=10_000)
def stem(word: str) -> str:
    """The stem of one word."""
    return (stems().analyze(word) or [word])[0]
