"""Writing to an index: one process at a time, what it writes and how far it goes in one commit."""

from collections.abc import Iterator

from tantivy import Index, IndexWriter

from catalog.search import following
from catalog.search.following import Mark
from catalog.search.forms import Form
from catalog.search.schema import MARK

HEAP = 30_000_000
"""The memory of a writer, in bytes."""
_BATCH = 500


def fill(index: Index, form: Form, heap: int, last: Mark) -> None:
    """Write everything into a new index, which is up to `last` then."""
    writer = index.writer(heap, 1)
    for ids in following.all_ids(_BATCH):
        _add(writer, form, ids)
    commit(writer, last)
    writer.wait_merging_threads()


def writer_of(index: Index, heap: int = HEAP) -> IndexWriter | None:
    """What writes to `index`; None while another process does.

    A process that was killed in a commit leaves files that the next commit would want to make.
    """
    try:
        writer = index.writer(heap, 1)
        writer.garbage_collect_files()
        return writer
    except ValueError as failed:
        if "Lock" in str(failed):
            return None
        raise


def put(writer: IndexWriter, form: Form, ids: list[int]) -> None:
    """Write what the database says of the datasets `ids` now in place of what the index said of them."""
    for batch in _batches(ids):
        for id_ in batch:
            writer.delete_documents_by_term("dataset", id_)
        _add(writer, form, batch)


def _add(writer: IndexWriter, form: Form, ids: list[int]) -> None:
    for document in form.documents(ids):
        writer.add_document(document)


def _batches(ids: list[int]) -> Iterator[list[int]]:
    return (ids[at : at + _BATCH] for at in range(0, len(ids), _BATCH))


def commit(writer: IndexWriter, mark: Mark) -> None:
    """Put what was written into force together with how far it goes."""
    writer.delete_documents_by_term("dataset", MARK)
    writer.add_document(mark.document())
    writer.commit()
