"""Answers are remembered for short texts, and for those alone."""

from catalog.vocabulary.memory import remembering


def test_a_short_text_is_asked_once_and_a_long_one_each_time():
    asked = []
    answer = remembering(10)(lambda text: asked.append(text) or len(text or ""))
    long = "x" * 501
    assert [answer(text) for text in ("a", "a", None, None, long, long)] == [1, 1, 0, 0, 501, 501]
    assert asked == ["a", None, long, long]
