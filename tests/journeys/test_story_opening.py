"""The first act: a card in a hand becomes photos on a screen, and nobody else's."""

import io
from pathlib import Path

import pytest
from PIL import Image

from galleries.codes import ALPHABET, new_code, written
from galleries.models import (
    Assignment,
    Photo,
)

from .people import Parent, import_card
from .story import Browsers, enter

pytestmark = pytest.mark.django_db


def typo_of(code: str) -> str:
    other = ALPHABET[(ALPHABET.index(code[0]) + 1) % len(ALPHABET)]
    return other + code[1:]


@pytest.mark.clauses("P25")
def test_a_code_is_forgiven_its_looks_but_not_its_letters(codes: dict[str, str], visitor: Browsers) -> None:
    code, parent = codes["NR-4711"], Parent(visitor())
    mistyped = parent.enter(typo_of(code))
    assert mistyped.status == 422
    unknown = parent.enter(written(new_code()))
    assert unknown.status == 422
    assert mistyped.response.context["form"].errors != unknown.response.context["form"].errors
    assert parent.gallery is None
    assert parent.enter(code.replace("-", " ").lower()).status == 200
    # The code itself never stands in an address.
    assert parent.gallery is not None
    assert code not in str(parent.gallery.response.redirect_chain)


def test_a_parent_sees_the_photos_of_the_child_and_of_the_class_and_until_when(
    codes: dict[str, str], visitor: Browsers
) -> None:
    parent = enter(visitor(), codes["NR-4711"])
    assert parent.gallery is not None
    pictures = [source for source in parent.gallery.images if "/beeld/" in source]
    assert len(pictures) == 3, "two portraits and the photo of the class"
    assert "1 april 2027" in parent.gallery.text
    for source in pictures:
        _status, content = parent.browser.fetch(source)
        with Image.open(io.BytesIO(content)) as shown:
            assert max(shown.size) == 400
            assert not shown.getexif()
            assert "comment" not in shown.info
        assert visitor().fetch(source)[0] == 404, "a copied address is worthless in another browser"


@pytest.mark.clauses("P36")
def test_another_code_opens_nothing_of_this_child(codes: dict[str, str], visitor: Browsers) -> None:
    mine, other = enter(visitor(), codes["NR-4711"]), enter(visitor(), codes["NR-4712"])
    portrait = mine.photo_pages()[0]
    assert other.browser.get(portrait).status_code == 404
    assert visitor().get(portrait).status_code == 404


def test_importing_the_same_card_again_brings_nothing_twice(codes: dict[str, str], card: Path) -> None:
    before = set(Photo.objects.values_list("public_id", flat=True))
    import_card(Assignment.objects.get().pk, card)
    assert set(Photo.objects.values_list("public_id", flat=True)) == before
