"""The datasets that an import has met are remembered exactly, however many, in little memory."""

from hypothesis import given
from hypothesis import strategies as st

from catalog.changes.met import Met
from tests.support.profiles import times

IDS = st.integers(0, 2**17) | st.integers(0, 2**40)


@times(50)
@given(st.lists(IDS), st.lists(IDS))
def test_what_was_put_in_is_in_and_nothing_else(put_in, asked):
    met = Met()
    met.update(put_in[1:])
    for id_ in put_in[:1]:
        met.add(id_)
    neighbours = [id_ + step for id_ in put_in for step in (-1, 1) if id_ + step >= 0]
    assert [id_ in met for id_ in (*put_in, *asked, *neighbours)] == [
        id_ in set(put_in) for id_ in (*put_in, *asked, *neighbours)
    ]
