"""A shop to test with: the galleries' studio with real bytes, three products, and the steps of a buyer."""

import io
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.test import Client as Browser
from PIL import Image

from galleries.access import OpenCode, open_codes
from galleries.models import Photo, Subject
from shop.actions import place_order
from shop.actions.orders import Buyer, Choices, Form
from shop.basket import read_basket
from shop.models import Draft, DraftLine, Order, Product
from tests.galleries.studio import NOW, Studio, code_of, code_row, enter, fill, open_studio, publish

BUYER = Buyer(
    salutation="mevrouw",
    name="Sanne de Vries",
    street="Kerkstraat 5",
    postcode="3241 AB",
    city="Middelharnis",
    email="sanne@example.org",
    phone="06 12345678",
    delivery_note="",
)
TYPED = {
    "salutation": "mevrouw",
    "name": "Sanne de Vries",
    "street": "Kerkstraat 5",
    "postcode": "3241ab",
    "city": "Middelharnis",
    "email": "sanne@example.org",
    "phone": "06 12345678",
    "delivery_note": "Bij de buren",
}
TICKS = {"file_consent": "on", "file_waiver": "on"}


@cache
def camera_jpeg() -> bytes:
    """A small JPEG as a camera writes it: with a place, a serial number and a comment in it."""
    image = Image.effect_noise((64, 48), 40).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = "NEEDLE-CAMERA"
    exif.get_ifd(0x8825)[2] = (51.0, 45.0, 30.0)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90, exif=exif, comment=b"NEEDLE-COMMENT")
    return out.getvalue()


@dataclass
class Counter:
    """What the tests of the shop stand on."""

    studio: Studio
    photos: dict[str, Photo]
    print_: Product
    large: Product
    file: Product


def open_counter(*, now: datetime = NOW) -> Counter:
    studio = open_studio(now=now)
    photos = fill(studio, now=now, content=camera_jpeg())
    publish(studio, now=now)
    for photo in photos.values():
        photo.refresh_from_db()
    sizes: dict[str, Any] = {"width_mm": 130, "height_mm": 180}
    return Counter(
        studio=studio,
        photos=photos,
        print_=Product.objects.create(
            kind="print", title_nl="Afdruk 13 × 18", title_en="Print 13 × 18", price_cents=750, position=1, **sizes
        ),
        large=Product.objects.create(
            kind="print",
            title_nl="Genummerde kunstafdruk",
            title_en="Numbered art print",
            price_cents=10900,
            vat="reduced",
            position=2,
            **sizes,
        ),
        file=Product.objects.create(
            kind="file", title_nl="Digitaal bestand", title_en="Digital file", price_cents=1495, position=3
        ),
    )


def browser_of(counter: Counter, subject: Subject, *, now: datetime = NOW, browser: Browser | None = None) -> Browser:
    """A browser in which the code of this subject was typed."""
    return enter(browser or Browser(), code_of(counter.studio, subject, now=now))


def put(browser: Browser, subject: Subject, photo: Photo, product: Product, quantity: int = 1) -> Any:
    return browser.post("/mandje/toevoegen/", add_fields(subject, photo, product, quantity))


def add_fields(subject: Subject, photo: Photo, product: Product, quantity: int) -> dict[str, Any]:
    """What the order form on the page of a photo sends."""
    return {
        "code": str(code_row(subject).public_id),
        "photo": str(photo.public_id),
        "product": str(product.public_id),
        "quantity": quantity,
    }


def checkout_form(browser: Browser, **changes: Any) -> dict[str, Any]:
    """What the checkout's page sends when somebody filled it in."""
    page = browser.get("/bestellen/")
    assert page.status_code == 200, page.status_code
    filled = {
        **TYPED,
        "token": page.context["token"],
        "shown": page.context["shown"],
        "payment_method": "demo",
        **(TICKS if page.context["basket"].has_file else {}),
    }
    return {name: value for name, value in {**filled, **changes}.items() if value is not None}


def order_by(browser: Browser, **changes: Any) -> Order:
    """Place an order of what is in the basket."""
    known = set(Order.objects.values_list("pk", flat=True))
    answer = browser.post("/bestellen/", checkout_form(browser, **changes))
    assert answer.status_code == 302, answer.content.decode()
    return Order.objects.exclude(pk__in=known).get()


def filled_draft(counter: Counter, *pairs: tuple[Photo, Product, int], opened_at: datetime = NOW) -> Draft:
    """Anna's basket with these lines, without a browser."""
    draft, _ = Draft.objects.get_or_create(
        code=code_row(counter.studio.anna), closed_at=None, defaults={"opened_at": opened_at}
    )
    for photo, product, quantity in pairs:
        DraftLine.objects.create(draft=draft, photo=photo, product=product, quantity=quantity)
    return draft


def placed_order(
    counter: Counter,
    *pairs: tuple[Photo, Product, int],
    now: datetime = NOW,
    method: str = "demo",
    language: str = "nl",
) -> Order:
    """An order of these lines, through the action."""
    draft = filled_draft(counter, *pairs, opened_at=now)
    basket = read_basket([draft.code_id], now=now)
    form = Form(token=str(draft.public_id), viewer="a" * 32, shown=basket.fingerprint)
    choices = Choices(
        payment_method=method, refused_marketing=False, file_consent=True, file_waiver=True, language=language
    )
    return place_order(code_ids=[draft.code_id], form=form, buyer=BUYER, choices=choices, now=now)


def open_code(subject: Subject, *, now: datetime = NOW) -> OpenCode:
    """The code of this subject as a session sees it."""

    class Request:
        session = {"codes": [code_row(subject).pk]}

    return open_codes(Request(), now=now)[0]  # type: ignore[arg-type]
