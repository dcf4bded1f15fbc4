"""The back office as a whole: its first page, and markup that the strict policy lets through."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.urls import NoReverseMatch, reverse

from accounts.roles import Role
from tests.accounts.staff import at_work
from tests.galleries.studio import NOW

from .access_matrix import MATRIX
from .test_access_matrix import address
from .world import World, build_world

# What `script-src 'self'; style-src 'self'` would block: inline style, inline script, handlers in attributes.
INLINE = re.compile(
    r"<[^>]+\sstyle=|<style|<script(?![^>]*\ssrc=)[^>]*>|<[^>]+\son[a-z]+=|href=\"javascript:", re.IGNORECASE
)


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with time_machine.travel(NOW, tick=False):
        yield build_world()


def test_the_pattern_finds_what_a_strict_policy_blocks() -> None:
    blocked = [
        '<p style="x">',
        "<style>",
        "<script>x",
        '<script type="module">',
        '<a onclick="x">',
        '<a href="javascript:x">',
    ]
    assert all(INLINE.search(markup) for markup in blocked)
    assert not INLINE.search('<script src="/x.js" async></script><p class="style">on = 1</p>')


def test_no_page_has_inline_style_or_script(world: World) -> None:
    boss = at_work(*Role, is_superuser=True)
    pages = {row.name for row in MATRIX if row.name.startswith("admin:") and row.method == "GET"}
    # A mail by itself brings its own styles, in a sandbox.
    pages.remove("admin:accounts_campaign_message")
    for name in sorted(pages):
        response = boss.get(address(name, world))
        if response.status_code != 200 or "text/html" not in response["Content-Type"]:
            b"".join(response) if response.streaming else response.content
            continue
        policy = response["Content-Security-Policy"]
        if "sandbox" in policy:
            # A mail as its reader gets it, styles and all: no script runs in it, and nothing of the site is in reach.
            assert "script-src" not in policy, name
            continue
        assert "unsafe" not in policy
        found = INLINE.search(response.content.decode())
        assert found is None, (name, found)


def test_who_has_no_role_is_told_so(db: None) -> None:
    page = at_work().get("/beheer/")
    assert page.context["panels"] == []
    assert page.context["app_list"] == []


def test_the_door_from_any_row_to_its_public_page_is_gone() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("admin:view_on_site", args=[1, 1])
