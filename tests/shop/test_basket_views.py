"""The basket, by whom it may be filled and seen."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from galleries.models import Photo
from privacy.actions.exceptions import place_hold
from privacy.erasure import erase
from privacy.models import Restriction
from shop.models import Draft, DraftLine, Product
from tests.galleries.studio import NOW, code_row

from .counter import Counter, add_fields, browser_of, filled_draft, put


def lines(browser: Browser) -> list[tuple[str, int]]:
    return [(row["title"], row["quantity"]) for row in browser.get("/mandje/").context["rows"]]


def test_a_photo_page_offers_the_products_with_their_prices(counter: Counter) -> None:
    anna = browser_of(counter, counter.studio.anna)
    code = code_row(counter.studio.anna)
    page = anna.get(f"/fotos/{code.public_id}/{counter.photos['anna'].public_id}/").content.decode()
    assert "€\N{NO-BREAK SPACE}7,50" in page
    assert "Digitaal bestand" in page
    assert page.index("Afdruk 13") < page.index("Digitaal bestand")


def test_what_is_no_longer_sold_is_not_offered(counter: Counter) -> None:
    Product.objects.update(is_active=False)
    anna = browser_of(counter, counter.studio.anna)
    code = code_row(counter.studio.anna)
    page = anna.get(f"/fotos/{code.public_id}/{counter.photos['anna'].public_id}/").content.decode()
    assert "/mandje/toevoegen/" not in page
    put(anna, counter.studio.anna, counter.photos["anna"], counter.print_)
    assert lines(anna) == []


def test_adding_goes_back_to_the_photo_and_counts_in_the_header(counter: Counter) -> None:
    anna = browser_of(counter, counter.studio.anna)
    answer = put(anna, counter.studio.anna, counter.photos["anna"], counter.print_, 2)
    code = code_row(counter.studio.anna)
    assert answer["Location"] == f"/fotos/{code.public_id}/{counter.photos['anna'].public_id}/"
    assert anna.session["basket_count"] == 1
    put(anna, counter.studio.anna, counter.photos["anna"], counter.print_, 3)
    assert anna.session["basket_count"] == 1
    assert lines(anna) == [("Afdruk 13 × 18", 5)]


def test_a_file_is_bought_once_and_a_line_never_exceeds_99(counter: Counter) -> None:
    anna = browser_of(counter, counter.studio.anna)
    for _ in range(2):
        put(anna, counter.studio.anna, counter.photos["anna"], counter.file, 7)
        put(anna, counter.studio.anna, counter.photos["anna"], counter.print_, 60)
    assert lines(anna) == [("Digitaal bestand", 1), ("Afdruk 13 × 18", 99)]


@pytest.mark.parametrize("quantity", ["0", "-1", "100", "veel"])
def test_an_odd_number_is_not_put_in(counter: Counter, quantity: str) -> None:
    anna = browser_of(counter, counter.studio.anna)
    put(anna, counter.studio.anna, counter.photos["anna"], counter.print_, quantity)  # type: ignore[arg-type]
    assert not DraftLine.objects.exists()


@pytest.mark.parametrize("photo", ["bram", "chris", "other_group"])
@pytest.mark.clauses("P36")
def test_a_code_orders_only_the_photos_it_opens(counter: Counter, photo: str) -> None:
    anna = browser_of(counter, counter.studio.anna)
    answer = put(anna, counter.studio.anna, counter.photos[photo], counter.print_)
    assert answer["Location"] == "/mandje/"
    assert not DraftLine.objects.exists()


def test_group_photos_are_for_every_code_of_the_group(counter: Counter) -> None:
    for subject in (counter.studio.anna, counter.studio.bram):
        put(browser_of(counter, subject), subject, counter.photos["group"], counter.print_)
    assert DraftLine.objects.count() == Draft.objects.count() == 2


def test_somebody_elses_code_is_not_used(counter: Counter) -> None:
    anna = browser_of(counter, counter.studio.anna)
    answer = put(anna, counter.studio.bram, counter.photos["bram"], counter.print_)
    assert answer["Location"] == "/"
    assert not Draft.objects.exists()


def test_one_family_has_one_basket_of_all_its_codes(counter: Counter) -> None:
    family = browser_of(counter, counter.studio.anna)
    browser_of(counter, counter.studio.chris, browser=family)
    put(family, counter.studio.anna, counter.photos["anna"], counter.print_)
    put(family, counter.studio.chris, counter.photos["chris"], counter.file)
    assert lines(family) == [("Afdruk 13 × 18", 1), ("Digitaal bestand", 1)]
    assert lines(browser_of(counter, counter.studio.chris)) == [("Digitaal bestand", 1)]


@pytest.mark.clauses("P53")
def test_the_basket_belongs_to_the_code_and_is_found_again(counter: Counter) -> None:
    put(browser_of(counter, counter.studio.anna), counter.studio.anna, counter.photos["anna"], counter.print_)
    again = browser_of(counter, counter.studio.anna)
    assert again.session["basket_count"] == 1
    page = again.get(f"/fotos/{code_row(counter.studio.anna).public_id}/").content.decode()
    assert '<span class="count">1</span>' in page
    assert lines(again) == [("Afdruk 13 × 18", 1)]


def test_changing_and_removing(counter: Counter) -> None:
    anna = browser_of(counter, counter.studio.anna)
    put(anna, counter.studio.anna, counter.photos["anna"], counter.print_)
    line = str(DraftLine.objects.get().public_id)
    anna.post("/mandje/wijzigen/", {"line": line, "quantity": 4})
    assert lines(anna) == [("Afdruk 13 × 18", 4)]
    anna.post("/mandje/wijzigen/", {"line": line, "quantity": "vier"})
    anna.post("/mandje/wijzigen/", {"line": str(uuid4()), "quantity": 0})
    assert lines(anna) == [("Afdruk 13 × 18", 4)]
    answer = anna.post("/mandje/wijzigen/", {"line": line, "quantity": 0}, follow=True)
    assert answer.context["rows"] == []
    assert answer.context["gone"] == 0
    assert anna.session["basket_count"] == 0


def staff_browser(role: Role | None) -> Browser:
    browser = Browser()
    user = User.objects.create_user("staff@example.org", "geheim", is_staff=True, is_superuser=role is None)
    if role:
        user.role_rows.create(role=role)
    browser.force_login(user)
    return browser


@pytest.mark.parametrize("who", ["other", "stranger", *Role, None])
def test_nobody_else_sees_or_changes_a_basket(counter: Counter, who: str | Role | None) -> None:
    anna = browser_of(counter, counter.studio.anna)
    put(anna, counter.studio.anna, counter.photos["anna"], counter.print_)
    if who == "other":
        other = browser_of(counter, counter.studio.chris)
    else:
        other = Browser() if who == "stranger" else staff_browser(Role(who) if who else None)
    line = str(DraftLine.objects.get().public_id)
    assert lines(other) == []
    other.post("/mandje/wijzigen/", {"line": line, "quantity": 0})
    other.post("/mandje/wijzigen/", {"line": line, "quantity": 9})
    put(other, counter.studio.anna, counter.photos["anna"], counter.file)
    other.post("/bestellen/bewaren/", {"name": "Iemand"})
    assert other.get("/bestellen/")["Location"] == "/mandje/"
    assert lines(anna) == [("Afdruk 13 × 18", 1)]


@pytest.mark.clauses("P52")
def test_a_draft_counts_from_the_entry_of_the_code_and_never_longer(
    counter: Counter, clock: time_machine.Traveller
) -> None:
    anna = browser_of(counter, counter.studio.anna)
    clock.move_to(NOW + timedelta(days=5))
    put(anna, counter.studio.anna, counter.photos["anna"], counter.print_)
    assert Draft.objects.get().opened_at == NOW
    clock.move_to(NOW + timedelta(days=20))
    again = browser_of(counter, counter.studio.anna)
    put(again, counter.studio.anna, counter.photos["anna"], counter.file)
    assert Draft.objects.get().opened_at == NOW
    clock.move_to(NOW + timedelta(days=21) - timedelta(microseconds=1))
    assert len(lines(again)) == 2
    clock.move_to(NOW + timedelta(days=21))
    assert lines(again) == []


def test_after_three_weeks_a_new_basket_begins_before_the_night_came(
    counter: Counter, clock: time_machine.Traveller
) -> None:
    put(browser_of(counter, counter.studio.anna), counter.studio.anna, counter.photos["anna"], counter.print_)
    clock.move_to(NOW + timedelta(days=22))
    again = browser_of(counter, counter.studio.anna)
    put(again, counter.studio.anna, counter.photos["anna"], counter.file)
    assert Draft.objects.get().opened_at == NOW + timedelta(days=22)
    assert lines(again) == [("Digitaal bestand", 1)]


def test_an_expired_photo_drops_out_with_a_sentence(counter: Counter) -> None:
    anna = browser_of(counter, counter.studio.anna)
    put(anna, counter.studio.anna, counter.photos["anna"], counter.print_)
    put(anna, counter.studio.anna, counter.photos["anna_again"], counter.print_)
    Photo.objects.filter(pk=counter.photos["anna"].pk).update(expires_at=NOW)
    page = anna.get("/mandje/")
    assert len(page.context["rows"]) == 1
    assert page.context["gone"] == 1
    assert page.context["rows"][0]["label"] in page.content.decode()
    assert anna.get("/mandje/").context["gone"] == 0


def test_a_deleted_photo_drops_out_with_a_sentence(counter: Counter) -> None:
    anna = browser_of(counter, counter.studio.anna)
    put(anna, counter.studio.anna, counter.photos["anna"], counter.print_)
    erase(Photo, [counter.photos["anna"].pk], reason="self_service", now=NOW)
    assert anna.get("/mandje/").context["gone"] == 1
    assert anna.session["basket_count"] == 0


def test_a_restricted_photo_is_not_sold(counter: Counter) -> None:
    anna = browser_of(counter, counter.studio.anna)
    put(anna, counter.studio.anna, counter.photos["anna"], counter.print_)
    Restriction.objects.create(
        kind="galleries.photo", object_id=counter.photos["anna"].pk, reason="art. 18", created_at=NOW
    )
    assert lines(anna) == []
    put(anna, counter.studio.anna, counter.photos["anna"], counter.file)
    assert DraftLine.objects.count() == 1


def test_the_basket_says_until_when_it_is_kept(counter: Counter) -> None:
    anna = browser_of(counter, counter.studio.anna)
    put(anna, counter.studio.anna, counter.photos["anna"], counter.print_)
    page = anna.get("/mandje/")
    assert page.context["basket"].kept_until == NOW + timedelta(days=21)
    assert "12 november 2026" in page.content.decode()


def test_writing_needs_a_post(counter: Counter) -> None:
    anna = browser_of(counter, counter.studio.anna)
    for url in ("/mandje/toevoegen/", "/mandje/wijzigen/", "/bestellen/bewaren/"):
        assert anna.get(url).status_code == 405


def work(queries: CaptureQueriesContext) -> int:
    """Queries that do something; a savepoint is the test's own wrapping."""
    return sum("SAVEPOINT" not in query["sql"] for query in queries.captured_queries)


def test_putting_in_a_basket_and_looking_at_it_cost_a_constant_number_of_queries(counter: Counter) -> None:
    anna = browser_of(counter, counter.studio.anna)
    put(anna, counter.studio.anna, counter.photos["anna"], counter.print_)
    for photo, product in (("anna", counter.file), ("anna_again", counter.print_), ("group", counter.file)):
        fields = add_fields(counter.studio.anna, counter.photos[photo], product, 1)
        with CaptureQueriesContext(connection) as adding:
            anna.post("/mandje/toevoegen/", fields)
        assert work(adding) == 9
        anna.get("/mandje/")
        with CaptureQueriesContext(connection) as looking:
            anna.get("/mandje/")
        assert work(looking) == 3


@pytest.mark.clauses("P52")
def test_a_basket_past_its_term_that_a_hold_keeps_is_not_used_again_and_a_new_one_is(counter: Counter) -> None:
    anna = browser_of(counter, counter.studio.anna)
    held = filled_draft(counter, (counter.photos["anna"], counter.print_, 1), opened_at=NOW - timedelta(days=21))
    place_hold(
        kind="galleries.assignment",
        object_id=counter.studio.assignment.pk,
        reason="case 12",
        owner_id=counter.studio.staff.pk,
        until=NOW + timedelta(days=90),
        now=NOW,
    )
    answer = put(anna, counter.studio.anna, counter.photos["anna"], counter.print_)
    assert answer.status_code == 302
    assert len(lines(anna)) == 1
    fresh = Draft.objects.exclude(pk=held.pk).get()
    assert fresh.opened_at == NOW
    kept = DraftLine.objects.get(draft=held)
    assert (kept.photo, kept.product, kept.quantity) == (counter.photos["anna"], counter.print_, 1)
