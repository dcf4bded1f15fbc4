"""Reading a page as a browser does: its forms with what stands in them, its links and its pictures."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client

Attributes = list[tuple[str, str | None]]


@dataclass
class PageForm:
    """One form: where it goes, and what it would send now. `offered` has every name it can send."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    offered: set[str] = field(default_factory=set)
    required: set[str] = field(default_factory=set)
    ticked: set[str] = field(default_factory=set)
    # The fields somebody writes in: not hidden, nothing to choose from, no password.
    written: set[str] = field(default_factory=set)
    buttons: list[str] = field(default_factory=list)
    # What each field is (the type of an input, else its tag), and what can be chosen in it.
    kinds: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.images: list[str] = []
        self.links: list[str] = []
        self._form: PageForm | None = None
        self._choosing = ""
        self._area = ""
        self._in_button = False

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = PageForm(said.get("action", ""), said.get("method", "get").lower())
            self.forms.append(self._form)
        elif tag == "img":
            self.images.append(said.get("src", ""))
        elif tag == "a" and "href" in said:
            self.links.append(said["href"])
        elif self._form is not None:
            self._handle_control(tag, said, self._form)

    def _handle_control(self, tag: str, said: dict[str, str], form: PageForm) -> None:
        if tag == "button":
            form.buttons.append("")
            self._in_button = True
        name = said.get("name", self._choosing if tag == "option" else "")
        if not name:
            return
        form.offered.add(name)
        if tag != "option":
            form.kinds[name] = said.get("type", "text") if tag == "input" else tag
        if "required" in said:
            form.required.add(name)
        if tag == "select":
            self._choosing = name
            form.values[name] = ""
        elif tag == "option":
            form.choices.setdefault(name, []).append(said.get("value", ""))
            if "selected" in said:
                form.values[name] = said.get("value", "")
        elif tag == "textarea":
            self._area = name
            form.written.add(name)
            form.values[name] = ""
        elif tag == "input":
            self._handle_input(name, said, form)

    def _handle_input(self, name: str, said: dict[str, str], form: PageForm) -> None:
        if said.get("type") in {"submit", "file"}:
            return
        if said.get("type", "text") in {"text", "email", "tel", "url", "search", "number", "date", "time"}:
            form.written.add(name)
        if said.get("type") not in {"checkbox", "radio"}:
            form.values[name] = said.get("value", "")
            return
        form.choices.setdefault(name, []).append(said.get("value", "on"))
        if "checked" in said:
            form.ticked.add(name)
            form.values[name] = said.get("value", "on")

    def handle_data(self, data: str) -> None:
        if self._form and self._area:
            self._form.values[self._area] += data
        if self._form and self._in_button:
            self._form.buttons[-1] = " ".join(f"{self._form.buttons[-1]} {data}".split())

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._choosing = ""
        elif tag == "textarea":
            self._area = ""
        elif tag == "button":
            self._in_button = False


@dataclass
class Page:
    """One answer of the site, read."""

    response: Any

    @property
    def status(self) -> int:
        return int(self.response.status_code)

    @property
    def text(self) -> str:
        return str(self.response.content.decode())

    def _read(self) -> _Reader:
        reader = _Reader()
        reader.feed(self.text)
        return reader

    @property
    def images(self) -> list[str]:
        return self._read().images

    @property
    def links(self) -> list[str]:
        return self._read().links

    @property
    def forms(self) -> list[PageForm]:
        return self._read().forms

    def form(self, *, having: str) -> PageForm:
        """The form that offers this field."""
        return next(form for form in self._read().forms if having in form.offered)

    def question(self) -> PageForm:
        """The form of a page that only asks "are you sure?": the last one, behind those of header and language."""
        return self._read().forms[-1]

    def forms_to(self, address: str) -> list[PageForm]:
        return [form for form in self._read().forms if form.action == address]


def send(browser: Client, form: PageForm, /, path: str, changes: dict[str, str]) -> Page:
    """Send a form as it stands on its page, with what was typed or ticked since."""
    return Page(browser.post(form.action or path, {**form.values, **changes}, follow=True))
