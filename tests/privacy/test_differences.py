"""What changed between two texts, in words."""

from hypothesis import given
from hypothesis import strategies as st

from privacy.differences import Change, Paragraph, Part, differences, paragraphs_of

WORDS = st.lists(
    st.sampled_from(["a", "photo", "stays", "online", "for", "one", "month", "then", "it", "goes"]),
    min_size=1,
    max_size=12,
)


def text(*paragraphs: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def test_a_page_is_read_without_its_markup() -> None:
    html = (
        '<section><h2 id="a">Rights</h2><p>Ask <a href="/x/">us</a>.</p><table><tr><td>Phone</td><td>6 months</td></tr>'
    )
    assert paragraphs_of(html) == [
        Paragraph("Rights", is_heading=True),
        Paragraph("Ask us."),
        Paragraph("Phone · 6 months"),
    ]


def test_one_changed_word_is_marked_and_the_rest_stays() -> None:
    sections = differences(
        "<h2>Phone</h2><p>Your phone number goes after six months.</p><p>Same.</p>",
        "<h2>Phone</h2><p>Your phone number goes after seven months.</p><p>Same.</p>",
    )
    assert [section.heading for section in sections] == ["Phone"]
    assert sections[0].paragraphs == [
        [
            Part(Change.SAME, "Your phone number goes after "),
            Part(Change.REMOVED, "six "),
            Part(Change.ADDED, "seven "),
            Part(Change.SAME, "months."),
        ]
    ]


def test_what_is_rewritten_goes_and_comes_as_a_whole() -> None:
    (section,) = differences(text("We keep photos for one month."), text("Reviews are shown until you withdraw them."))
    assert section.paragraphs == [
        [Part(Change.ADDED, "Reviews are shown until you withdraw them.")],
        [Part(Change.REMOVED, "We keep photos for one month.")],
    ]


def test_a_new_heading_opens_its_own_section() -> None:
    sections = differences("<h2>A</h2><p>one</p>", "<h2>A</h2><p>one</p><h2>B</h2><p>two</p>")
    assert [(section.heading, section.change) for section in sections] == [("B", Change.ADDED)]
    assert sections[0].paragraphs == [[Part(Change.ADDED, "two")]]


@given(st.lists(WORDS, max_size=6), st.lists(WORDS, max_size=6))
def test_the_parts_of_a_difference_hold_both_texts(before: list[list[str]], after: list[list[str]]) -> None:
    old, new = [" ".join(words) for words in before], [" ".join(words) for words in after]
    shown = [part for s in differences(text(*old), text(*new)) for paragraph in s.paragraphs for part in paragraph]
    removed = {word for part in shown if part.change is not Change.ADDED for word in part.text.split()}
    added = {word for part in shown if part.change is not Change.REMOVED for word in part.text.split()}
    assert removed <= {word for words in before for word in words}
    assert added <= {word for words in after for word in words}
    if old == new:
        assert shown == []
    else:
        assert shown
