"""Rows and files of every kind that a night takes, twice: due at the clock of the night, and due one day after it.

Fictional throughout. Used where a sweep is killed and must be finished by the next one.
"""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import models

from accounts.models import User
from galleries.models import Assignment, Client, Group, LoginCode, Photo, Rendition, Subject
from privacy import files
from privacy.models import AccessLogEntry, OutgoingMail, SecurityEvent, StoredObject
from shop.models import Draft, DraftDetails, DraftLine, Order, OrderFile, OrderLine, Payment, Product
from shop.states import State

PHOTOS_EACH = 6


@dataclass
class Planted:
    """What was planted and is not due: it must all be there, unchanged, whatever happened in the night."""

    rows: list[tuple[type[models.Model], int, dict[str, Any]]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def keep(self, *rows: models.Model) -> None:
        for row in rows:
            columns = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
            self.rows.append((type(row), row.pk, columns))
            if isinstance(row, StoredObject):
                self.names.add(row.name)

    def missing(self) -> list[str]:
        """The rows that are gone or changed, as kind and key."""
        lost = []
        for model, pk, columns in self.rows:
            found = model._base_manager.filter(pk=pk).values(*columns).first()
            if found != columns:
                lost.append(f"{model._meta.label} {pk}")
        return lost


def plant(now: datetime) -> Planted:
    """One set that is due at `now`, and one that is not; returns the second."""
    product = _product()
    for group in (True, False):
        _gallery(now, product, Planted(), ends=now - timedelta(hours=1), has_group=group)
    _orders(now, product, Planted(), days=(22, 240), ends=now - timedelta(days=31))
    _papers(now, Planted(), age=timedelta(days=400))
    kept = Planted()
    _gallery(now, product, kept, ends=now + timedelta(days=1), has_group=True)
    _orders(now, product, kept, days=(20, 100), ends=now - timedelta(days=29))
    _papers(now, kept, age=timedelta(days=13))
    for model, pk, columns in kept.rows:
        columns.update(model._base_manager.filter(pk=pk).values(*columns).get())
    return kept


def _product() -> Product:
    product, _ = Product.objects.get_or_create(
        title_nl="Afdruk", title_en="Print", kind="print", price_cents=995, width_mm=130, height_mm=180
    )
    return product


def _file(now: datetime, kept: Planted) -> StoredObject:
    name = files.new_name("f", ".jpg")
    (stored,) = files.register([name], now=now)
    files.store.save(name, ContentFile(b"bytes of a picture"))
    files.attach([stored.pk], now=now)
    stored.refresh_from_db()
    kept.keep(stored)
    return stored


def _gallery(now: datetime, product: Product, kept: Planted, *, ends: datetime, has_group: bool) -> None:
    made = now - timedelta(days=40)
    client = Client.objects.create(kind="school", name="School", created_at=made, books_year_end=date(now.year, 12, 31))
    assignment = Assignment.objects.create(
        client=client, title="Dag", created_at=made, published_at=made, books_year_end=date(now.year, 12, 31)
    )
    group = Group.objects.create(assignment=assignment, name="1A") if has_group else None
    subject = Subject.objects.create(assignment=assignment, number="1", group=group)
    code = LoginCode.objects.create(
        subject=subject, digest=uuid.uuid4().hex, encrypted="x", issued_at=made, expires_at=ends
    )
    draft = Draft.objects.create(code=code, opened_at=now - timedelta(days=2))
    details = DraftDetails.objects.create(draft=draft, viewer_digest="v", name="Iemand")
    kept.keep(client, subject, code, draft, details)
    for number in range(PHOTOS_EACH):
        on_group = group if number == 0 else None
        photo = Photo.objects.create(
            assignment=assignment,
            subject=None if on_group else subject,
            group=on_group,
            original=_file(made, kept),
            content_digest=uuid.uuid4().hex,
            width=10,
            height=10,
            thumbnail_name="t",
            preview_name="p",
            uploaded_at=made,
            available_from=made,
            expires_at=ends,
        )
        kept.keep(photo)
        for kind in Rendition.Kind:
            kept.keep(Rendition.objects.create(photo=photo, kind=kind, stored=_file(made, kept)))
        kept.keep(DraftLine.objects.create(draft=draft, photo=photo, product=product))


def _orders(now: datetime, product: Product, kept: Planted, *, days: tuple[int, int], ends: datetime) -> None:
    unpaid = _order(now - timedelta(days=days[0]), State.PLACED)
    _line(unpaid, product, kept, purpose="print", kept_from=None)
    kept.keep(
        unpaid,
        Payment.objects.create(
            order=unpaid,
            provider="transfer",
            amount_cents=995,
            created_at=unpaid.placed_at,
            books_year_end=unpaid.books_year_end,
        ),
    )
    old = _order(now - timedelta(days=days[1]), State.DELIVERED)
    line = _line(old, product, kept, purpose="print", kept_from=ends)
    _line(old, product, kept, purpose="download", kept_from=ends)
    kept.keep(old, line)


def _order(placed_at: datetime, state: State) -> Order:
    return Order.objects.create(
        number=uuid.uuid4().hex[:16],
        state=state,
        placed_at=placed_at,
        salutation="mevrouw",
        phone="0100000000",
        delivery_note="achterom",
        name="Iemand",
        street="Straat 1",
        postcode="1234 AB",
        city="Stad",
        email="iemand@example.com",
        terms_version="1",
        statement_version="1",
        button_text="x",
        payment_method="transfer",
        payment_reference=uuid.uuid4().hex[:16],
        goods_cents=995,
        shipping_cents=0,
        shipping_vat_rate=2100,
        total_cents=995,
        vat_cents=173,
        books_year_end=date(placed_at.year, 12, 31),
    )


def _line(order: Order, product: Product, kept: Planted, *, purpose: str, kept_from: datetime | None) -> OrderLine:
    line = OrderLine.objects.create(
        order=order,
        product=product,
        kind="print",
        title="Afdruk",
        quantity=1,
        unit_cents=995,
        total_cents=995,
        vat_rate=2100,
        vat_cents=173,
        placed_at=order.placed_at,
        photo_ref=uuid.uuid4(),
    )
    stored = _file(order.placed_at, kept)
    kept.keep(OrderFile.objects.create(line=line, purpose=purpose, stored=stored, kept_from=kept_from))
    return line


def _papers(now: datetime, kept: Planted, *, age: timedelta) -> None:
    at = now - age
    mail = OutgoingMail.objects.create(
        kind="k", to="iemand@example.com", subject="s", text="t", html="h", status="sent", created_at=at, kept_from=at
    )
    user, _ = User.objects.get_or_create(email="staf@example.com", defaults={"is_staff": True})
    kept.keep(mail, SecurityEvent.objects.create(at=at, event="e"))
    kept.keep(AccessLogEntry.objects.create(at=at, user=user, kind="shop.order", object_id=1, action="view"))
