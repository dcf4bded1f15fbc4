"""What people type, as a database keeps it."""

import pytest

from common.texts import storable


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b", "ab"),
        ("\x1b[31mred", "[31mred"),
        ("half \ud7ff\ud800 \uffff", "half \ud7ff "),
        ("lines\r\n\tand tabs stay", "lines\r\n\tand tabs stay"),
        ("<b>&amp; 😀 é", "<b>&amp; 😀 é"),
    ],
)
def test_what_no_page_can_show_goes_and_all_else_stays(typed: str, kept: str) -> None:
    assert storable(typed) == kept
