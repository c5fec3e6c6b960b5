"""Writing to an index: one process at a time, what it writes and how far it goes in one commit."""

from collections.abc import Iterator
from pathlib import Path

from tantivy import Index, IndexWriter

from catalog.search import following
from catalog.search.following import Mark, mark_of
from catalog.search.forms import Form
from catalog.search.merging import Merging
from catalog.search.schema import MARK
from catalog.search.searcher import Searcher

HEAP = 30_000_000
"""The memory of a writer, in bytes."""
SHORT = 1_000
"""How many datasets are read before an answer, and changes put into force by one commit."""
_BATCH = 500


class Writer:
    """Writes to an index; nobody else does as long as it lives.

    What it wrote is merged with what was there by threads of Tantivy's own. Whoever wrote next while they do would have
    to wait for their end, or break them off, so that they begin anew. Therefore who may write goes on until nothing is
    merged any more, and follows the journal meanwhile, for everybody.
    """

    def __init__(self, index: Index, form: Form, folder: Path | None, writer: IndexWriter) -> None:
        self.index = index
        self._form, self._writer = form, writer
        self._merging = Merging(folder) if folder else None
        index.reload()  # whoever wrote before may have gone further than was known
        self.mark = mark_of(Searcher(index.searcher()))
        """How far the index goes by now."""

    @classmethod
    def of(cls, index: Index, form: Form, folder: Path | None) -> "Writer | None":
        """What writes to the index in `folder`, or in memory; None while another does.

        A process that was killed in a commit leaves files that the next commit would want to make.
        """
        try:
            writer = index.writer(HEAP, 1)
            writer.garbage_collect_files()
        except ValueError as failed:
            if "Lock" in str(failed):
                return None
            raise
        return cls(index, form, folder, writer)

    @property
    def is_merging(self) -> bool:
        """Whether what it wrote is merged just now; of an index in memory nobody can tell."""
        return self._merging is not None and self._merging.goes_on()

    def read_up_to(self, last: Mark) -> None:
        """Put every change up to `last` into force, where that is not done."""
        if self.mark is not None and self.mark.seq < last.seq:
            self._put(following.changed_ids(self.mark, last, None))
            _commit(self._writer, last)
            self.mark = last
            if self._merging:
                self._merging.may_begin()

    def follow(self) -> bool:
        """Go up to so many changes further; whether there was nothing to do."""
        last = following.last_mark()
        if self.mark is None or self.mark.seq >= last.seq or not following.is_of_this_journal(self.mark, last):
            return True
        self.read_up_to(following.piece_after(self.mark, SHORT))
        return False

    def end(self) -> None:
        """Let others write, once nothing is merged any more."""
        self._writer.wait_merging_threads()

    def _put(self, ids: list[int]) -> None:
        """Write what the database says of the datasets `ids` now in place of what the index said of them."""
        for batch in _batches(ids):
            for id_ in batch:
                self._writer.delete_documents_by_term("dataset", id_)
            _add(self._writer, self._form, batch)


def fill(index: Index, form: Form, heap: int, last: Mark) -> None:
    """Write everything into a new index, which is up to `last` then."""
    writer = index.writer(heap, 1)
    for ids in following.all_ids(_BATCH):
        _add(writer, form, ids)
    _commit(writer, last)
    writer.wait_merging_threads()


def _add(writer: IndexWriter, form: Form, ids: list[int]) -> None:
    for document in form.documents(ids):
        writer.add_document(document)


def _batches(ids: list[int]) -> Iterator[list[int]]:
    return (ids[at : at + _BATCH] for at in range(0, len(ids), _BATCH))


def _commit(writer: IndexWriter, mark: Mark) -> None:
    """Put what was written into force together with how far it goes."""
    writer.delete_documents_by_term("dataset", MARK)
    writer.add_document(mark.document())
    writer.commit()
