"""What a process keeps stays within its room, however often the same is kept."""

from catalog.keeping import Memory


def test_what_was_asked_for_longest_ago_goes_first():
    memory = Memory(8, len)
    for key in "abcd":
        memory.keep(key, "xx")
    memory.find("a")
    memory.keep("e", "xx")
    assert [key for key in "abcde" if memory.find(key)] == ["a", "c", "d", "e"]


def test_what_is_kept_again_takes_its_room_once():
    memory = Memory(8, len)
    memory.keep("b", "yy")
    for _ in range(20):
        memory.keep("a", "xx")
    assert (memory.find("a"), memory.find("b")) == ("xx", "yy")


def test_what_would_take_a_quarter_of_the_room_is_not_kept():
    memory = Memory(8, len)
    memory.keep("a", "xxx")
    assert memory.find("a") is None
