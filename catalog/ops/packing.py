"""Answers packed with gzip for those who can unpack them: whole ones, and those that are sent while they are read."""

import gzip
import zlib
from collections.abc import Iterable, Iterator

from flask import Response, request

from catalog.headers import is_gzip_taken, vary_by
from catalog.keeping import packed

# By hand: Flask-Compress keeps a request's context open for as long as the reader of a stream takes, and packs answers
# also for those who refuse that by `gzip;q=0`.

# Answers below so many bytes are sent as they are.
SMALLEST = 1000
_TYPES = ("application/json", "text/html")


def pack(response: Response) -> Response:
    """`response`, packed where that is worth it; what is streamed, or packed already, stays as it is."""
    vary_by(response, "Accept-Encoding")
    is_whole = response.status_code == 200 and response.is_sequence and "Content-Encoding" not in response.headers
    if is_whole and response.mimetype in _TYPES and is_gzip_taken(request):
        plain = response.get_data()
        if len(plain) >= SMALLEST:
            response.set_data(packed(plain, lambda body: gzip.compress(body, 6, mtime=0)))
            response.content_encoding = "gzip"
    return response


def pack_chunks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """`chunks` as one gzip stream, in chunks as they fill."""
    packer = zlib.compressobj(6, wbits=zlib.MAX_WBITS | 16)
    for chunk in chunks:
        if packed := packer.compress(chunk):
            yield packed
    yield packer.flush()
