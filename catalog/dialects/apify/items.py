"""The items of a dataset, written in every format; none are stored here yet, so that each document is an empty one."""

from codecs import BOM_UTF8
from io import BytesIO
from xml.sax.saxutils import escape

from flask import Response
from xlsxwriter import Workbook

from catalog.dialects.apify.params import Format, ItemsParams
from catalog.model import Dataset
from catalog.vocabulary.text import visible

MEDIA_TYPES = {
    Format.JSON: "application/json; charset=utf-8",
    Format.JSONL: "application/jsonl; charset=utf-8",
    Format.CSV: "text/csv; charset=utf-8",
    Format.HTML: "text/html; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.XML: "application/xml; charset=utf-8",
    Format.RSS: "application/rss+xml; charset=utf-8",
}
# A page of somebody's items runs nothing, whatever is in them.
_POLICY = "default-src 'none'; sandbox"
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def items_document(dataset: Dataset, params: ItemsParams, address: str) -> Response:
    """The items of `dataset` that `params` ask for, as they ask for them; `address` is where they lie."""
    body = _workbook() if params.format is Format.XLSX else _text(dataset, params, address)
    response = Response(body, content_type=MEDIA_TYPES[params.format])
    response.headers.update(
        {
            "X-Apify-Pagination-Total": "0",
            "X-Apify-Pagination-Offset": str(params.offset),
            "X-Apify-Pagination-Limit": str(params.limit),
            "X-Apify-Pagination-Count": "0",
            "X-Apify-Pagination-Desc": str(params.desc).lower(),
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": _POLICY,
            "Referrer-Policy": "no-referrer",
        }
    )
    if params.attachment:
        response.headers.set("Content-Disposition", "attachment", filename=f"{dataset.slug}.{params.format}")
    return response


def _text(dataset: Dataset, params: ItemsParams, address: str) -> bytes:
    title = escape(visible(dataset.title or dataset.name or dataset.public_id))
    written = {
        Format.JSON: "[]",
        Format.JSONL: "",
        Format.CSV: "",
        Format.HTML: f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
        "<body><table></table></body></html>\n",
        Format.XML: f"{_XML}<{params.xml_root}>\n</{params.xml_root}>\n",
        Format.RSS: f'{_XML}<rss version="2.0"><channel><title>{title}</title><link>{escape(address)}</link>'
        "<description></description></channel></rss>\n",
    }[params.format]
    begins_with_mark = params.format is Format.CSV if params.bom is None else params.bom
    return (BOM_UTF8 if begins_with_mark else b"") + written.encode()


def _workbook() -> bytes:
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as workbook:
        workbook.add_worksheet()
    return file.getvalue()
