"""Lines are read one by one, and a line over the limit costs no memory."""

import io

import pytest

from cli.reading.lines import Line, read_lines

CASES = {
    "plain": (b"a\nb\n", [Line(1, b"a", 2), Line(2, b"b", 2)]),
    "last-without-end": (b"a\nb", [Line(1, b"a", 2), Line(2, b"b", 1)]),
    "windows-ends": (b"a\r\nb\r\n", [Line(1, b"a", 3), Line(2, b"b", 3)]),
    "empty-line-counts": (b"a\n\nb\n", [Line(1, b"a", 2), Line(2, b"", 1), Line(3, b"b", 2)]),
    "exactly-the-limit": (b"123456789\nb", [Line(1, b"123456789", 10), Line(2, b"b", 1)]),
    "over-the-limit": (b"1234567890\nb", [Line(1, None, 11), Line(2, b"b", 1)]),
    "over-the-limit-at-the-end": (b"a\n" + b"x" * 50, [Line(1, b"a", 2), Line(2, None, 50)]),
    "limit-cuts-before-the-end": (b"x" * 11 + b"\nb", [Line(1, None, 12), Line(2, b"b", 1)]),
    "nothing": (b"", []),
}


@pytest.mark.parametrize(("content", "expected"), CASES.values(), ids=CASES)
def test_lines_are_numbered_and_bounded(content, expected):
    assert list(read_lines(io.BytesIO(content), max_bytes=10)) == expected


def test_a_line_of_many_pieces_is_skipped_whole():
    """What is skipped in pieces ends at its own line end, not at a piece's."""
    content = b"x" * 300_000 + b"\nnext\n"
    assert list(read_lines(io.BytesIO(content), max_bytes=10)) == [Line(1, None, 300_001), Line(2, b"next", 5)]


def test_no_piece_is_larger_than_the_limit_or_the_step():
    """A line of megabytes never stands in memory."""
    asked = []

    class Watched(io.BytesIO):
        def readline(self, size=-1):
            asked.append(size)
            return super().readline(size)

    list(read_lines(Watched(b"x" * 2_000_000), max_bytes=100))
    assert max(asked) <= 1 << 16
    assert min(asked) > 0
