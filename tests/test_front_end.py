"""What no template, style sheet or script may contain: the content policy allows nothing inline and nothing foreign."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# A mail has no style sheet to link to: its styles are written into it when it is sent.
PAGES = [path for path in TEMPLATES if "emails" not in path.parts]
STYLES = sorted((ROOT / "static/css").rglob("*.css"))
SCRIPTS = sorted((ROOT / "static/js").rglob("*.js"))
NAMES = [str(path.relative_to(ROOT)) for path in PAGES]


def test_there_is_something_to_look_at() -> None:
    assert len(PAGES) > 20
    assert len(STYLES) > 4
    assert len(SCRIPTS) > 4


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_a_page_has_nothing_inline(path: Path) -> None:
    html = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", path.read_text(), flags=re.DOTALL)
    assert re.findall(r"<style|\sstyle=|\son\w+=|javascript:", html, flags=re.IGNORECASE) == []
    assert [tag for tag in re.findall(r"<script[^>]*>", html) if " src=" not in tag] == []


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_a_page_names_only_static_files_that_exist(path: Path) -> None:
    named = re.findall(r"{% static ['\"]([^'\"]+)['\"]", path.read_text())
    # The admin's own files come with Django.
    assert [name for name in named if not name.startswith("admin/") and not (ROOT / "static" / name).is_file()] == []


@pytest.mark.parametrize("path", STYLES, ids=[path.name for path in STYLES])
def test_a_style_sheet_commands_nothing_and_points_at_files_that_exist(path: Path) -> None:
    css = path.read_text()
    assert "!important" not in css
    assert "@import" not in css
    urls = re.findall(r"url\([\"']?([^\"')]+)", css)
    assert [url for url in urls if not (path.parent / url).is_file()] == []


@pytest.mark.parametrize("path", STYLES, ids=[path.name for path in STYLES])
def test_a_style_sheet_takes_its_colours_from_the_tokens(path: Path) -> None:
    css = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    on_paper = css.split("@media print")[0]
    # Code cards are printed: black on paper, whatever colours a screen prefers.
    if path.name not in {"tokens.css", "cards.css"}:
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;\s,)])|rgba?\(|hsla?\(", on_paper) == []
    used = set(re.findall(r"var\(--([\w-]+)", css))
    known = set(re.findall(r"--([\w-]+):", css + (ROOT / "static/css/tokens.css").read_text()))
    assert used <= known


@pytest.mark.parametrize("path", [*PAGES, *STYLES, *SCRIPTS], ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_fetched_from_somebody_else(path: Path) -> None:
    assert (
        re.findall(
            r"<(?!a\b)[^>]*(?:src|href|action)=[\"'](?:https?:)?//|url\([\"']?(?:https?:)?//|import .*https?:",
            path.read_text(),
        )
        == []
    )


def test_vendored_files_are_as_published() -> None:
    vendor = ROOT / "static/vendor"
    listed = dict(re.findall(r"SHA-256  (\w{64})  (\S+)", (vendor / "README").read_text()))
    found = {
        hashlib.sha256(path.read_bytes()).hexdigest(): str(path.relative_to(vendor))
        for path in vendor.rglob("*")
        if path.is_file() and path.name != "README"
    }
    assert found == listed


def test_what_staff_cannot_undo_is_asked_with_a_button_that_says_so() -> None:
    asking = {path for path in PAGES if "admin" in path.parts and re.search("for good|be undone", path.read_text())}
    # Publishing cannot be undone either, but takes nothing from anybody.
    plain = {path.name for path in asking if not re.search(r"\bdanger\b", path.read_text())}
    assert plain == {"publish.html"}
    assert len(asking) > 8
