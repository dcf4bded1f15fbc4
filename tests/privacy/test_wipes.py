from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from common.periods import ZONE
from privacy import wipes
from privacy.models import Hold, LedgerEntry, RuleRun
from privacy.registry import registry
from privacy.rules import Outcome
from privacy.sweep import run_sweep
from shop.models import Order

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def an_order(number: str, placed_at: datetime, **fields: object) -> Order:
    values = {
        "number": number,
        "state": "delivered",
        "placed_at": placed_at,
        "salutation": "mevrouw",
        "phone": "0612345678",
        "delivery_note": "bij de buren",
        "name": "Naam",
        "street": "Straat 1",
        "postcode": "1234 AB",
        "city": "Plaats",
        "email": "ouder@example.com",
        "terms_version": "1",
        "statement_version": "1",
        "button_text": "Bestelling met betalingsverplichting",
        "payment_method": "demo",
        "goods_cents": 1000,
        "shipping_cents": 0,
        "shipping_vat_rate": 2100,
        "total_cents": 1000,
        "vat_cents": 174,
        "books_year_end": datetime(placed_at.year, 12, 31, tzinfo=ZONE).date(),
    }
    return Order.objects.create(**(values | fields))


def swept(now: datetime, rule: str, batch: int = 5000) -> RuleRun:
    run = run_sweep(now=now, wall=lambda: now, batch=batch)
    assert run is not None
    return RuleRun.objects.get(sweep=run, rule=rule)


@pytest.mark.clauses("P43")
@pytest.mark.parametrize(("hour", "phone"), [(0, ""), (-1, "0612345678")], ids=["due", "a moment before"])
def test_a_field_rule_wipes_its_fields_at_the_very_moment_and_nothing_else(hour: int, phone: str) -> None:
    order = an_order("A1", datetime(2026, 1, 15, 23, 30, tzinfo=ZONE))
    now = datetime(2026, 7, 15, tzinfo=ZONE) + timedelta(microseconds=hour)
    swept(now, "RT07")
    order.refresh_from_db()
    assert (order.phone, order.name, order.email) == (phone, "Naam", "ouder@example.com")
    assert order.contact_erased_at == (now if phone == "" else None)


@pytest.mark.clauses("P42", "P60")
def test_a_keep_rule_wipes_all_it_does_not_keep() -> None:
    order = an_order("A1", datetime(2019, 1, 15, 12, 0, tzinfo=ZONE))
    now = datetime(2027, 1, 1, tzinfo=ZONE)
    assert swept(now, "RT10").erased == 1
    order.refresh_from_db()
    assert (order.name, order.street, order.email, order.person_erased_at) == ("", "", "", now)
    assert (order.number, order.total_cents, order.vat_cents) == ("A1", 1000, 174)


def test_a_field_added_later_is_wiped_by_default() -> None:
    rule = registry.rules["RT10"]
    assert rule.outcome is Outcome.KEEP
    forgotten = replace(rule, keep=tuple(name for name in rule.keep if name != "payment_method"))
    assert "payment_method" not in [field.name for field in wipes.wiped_fields(rule)]
    assert "payment_method" in [field.name for field in wipes.wiped_fields(forgotten)]


def test_wiped_rows_are_not_due_again() -> None:
    now = datetime(2026, 11, 1, 3, 15, tzinfo=ZONE)
    an_order("A1", now - timedelta(days=300))
    assert swept(now, "RT07").erased == 1
    again = swept(now + timedelta(days=1), "RT07")
    assert (again.erased, again.residue) == (0, 0)


def test_wipes_run_in_batches_along_the_index_with_an_entry_each() -> None:
    now = datetime(2026, 11, 1, 3, 15, tzinfo=ZONE)
    same = now - timedelta(days=300)
    for n in range(9):
        an_order(f"A{n}", same if n < 6 else same + timedelta(days=n))
    held = Order.objects.order_by("pk")[3]
    Hold.objects.create(kind="shop.order", object_id=held.pk, reason="r", created_at=now, until=now + timedelta(days=1))
    run = swept(now, "RT07", batch=2)
    assert (run.erased, run.residue) == (8, 0)
    assert list(Order.objects.exclude(phone="")) == [held]
    entries = LedgerEntry.objects.filter(event="wiped", rule="RT07").order_by("pk")
    assert [(e.kind, e.count) for e in entries] == [("shop.order", n) for n in (3, 4, 1)]
