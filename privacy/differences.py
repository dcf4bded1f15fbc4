"""What changed between two texts, paragraph by paragraph and inside a paragraph word by word. Pure.

A paragraph that was mostly rewritten is shown as one that went and one that came: word by word it would be confetti.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from html.parser import HTMLParser

_BLOCKS = {"h2", "h3", "p", "li", "tr"}
_HEADINGS = {"h2", "h3"}
_ALIKE = 0.6


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Paragraph:
    """One block of a text: a heading, a paragraph, an item, a row of a table."""

    text: str
    is_heading: bool = False


@dataclass(frozen=True)
class Part:
    """Words that stayed, came or went."""

    change: Change
    text: str


@dataclass
class Section:
    """What changed under one heading; `heading` is empty above the first, `change` says whether it is new itself."""

    heading: str
    change: Change = Change.SAME
    paragraphs: list[list[Part]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Paragraph] = []
        self._words: list[str] = []
        self._block = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._end()
            self._block = tag
        elif tag in {"td", "th"} and self._words:
            self._words.append(" · ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end()

    def handle_data(self, data: str) -> None:
        if self._block:
            self._words.append(data)

    def _end(self) -> None:
        text = " ".join("".join(self._words).split())
        if text:
            self.found.append(Paragraph(text, self._block in _HEADINGS))
        self._words, self._block = [], ""


def paragraphs_of(html: str) -> list[Paragraph]:
    """The paragraphs of a page, in their order, without its markup."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


def differences(before: str, after: str) -> list[Section]:
    """What changed from one HTML text to another, under the headings of the later one; nothing that stayed."""
    old, new = paragraphs_of(before), paragraphs_of(after)
    sections = [Section("")]
    for operation, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation == "equal":
            sections += [Section(paragraph.text) for paragraph in new[c:d] if paragraph.is_heading]
            continue
        for is_heading, parts in _compared(old[a:b], new[c:d]):
            if is_heading:
                sections.append(Section(parts[0].text, Change.ADDED))
            else:
                sections[-1].paragraphs.append(parts)
    return [section for section in sections if section.paragraphs or section.change is Change.ADDED]


def _compared(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[tuple[bool, list[Part]]]:
    """Each new paragraph against the first old one that it resembles; what resembles none went or came."""
    left = list(old)
    for paragraph in new:
        place = next((n for n, former in enumerate(left) if _resembles(former, paragraph)), None)
        if place is None:
            yield paragraph.is_heading, [Part(Change.ADDED, paragraph.text)]
            continue
        for former in left[:place]:
            yield False, [Part(Change.REMOVED, former.text)]
        yield False, list(_words(left[place].text, paragraph.text))
        del left[: place + 1]
    for former in left:
        yield False, [Part(Change.REMOVED, former.text)]


def _resembles(former: Paragraph, paragraph: Paragraph) -> bool:
    if former.is_heading != paragraph.is_heading:
        return False
    return SequenceMatcher(None, former.text.split(), paragraph.text.split(), autojunk=False).ratio() >= _ALIKE


def _words(former: str, text: str) -> Iterator[Part]:
    old, new = re.findall(r"\S+\s*", former), re.findall(r"\S+\s*", text)
    matcher = SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new], autojunk=False)
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation == "equal":
            yield from _part(Change.SAME, new[c:d])
        else:
            yield from _part(Change.REMOVED, old[a:b])
            yield from _part(Change.ADDED, new[c:d])


def _part(change: Change, words: Iterable[str]) -> Iterator[Part]:
    text = "".join(words)
    if text:
        yield Part(change, text)
