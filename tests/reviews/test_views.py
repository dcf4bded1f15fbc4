"""Reviews as visitors read and write them."""

import hashlib
from datetime import timedelta
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree

import polib
import pytest
import time_machine
from django.test import Client as Browser
from django.utils import translation

from accounts.roles import Role
from common import links
from jkreeft.ops.machine import ROOT
from privacy.actions.asking import ask
from privacy.actions.exceptions import place_hold, restrict
from privacy.documents import REVIEW_VERSION
from privacy.models import Consent, OutgoingMail
from privacy.people import Person
from reviews.actions import answer_review, withdraw_review
from reviews.dossier import reviews_of
from reviews.emails import LINK_PURPOSE, own_path
from reviews.forms import LONGEST_TEXT, ReviewForm
from reviews.models import Review
from reviews.views import PER_PAGE
from shop.emails import order_link
from shop.models import Order
from tests.accounts.customers import customer, log_in
from tests.accounts.staff import hire
from tests.galleries.studio import NOW, code_row
from tests.shop.counter import Counter, browser_of, order_by, put

from .pen import FEED, LIST, SENT, TYPED, WRITE, form, recorded, send, shown, written

pytestmark = pytest.mark.postgres
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def anna(counter: Counter) -> Browser:
    """Who holds Anna's code."""
    return browser_of(counter, counter.studio.anna)


@pytest.fixture
def buyer(paid_order: Order) -> Browser:
    """Who came by the link of the paid order, without a code."""
    browser = Browser()
    browser.get(order_link(paid_order).removeprefix("http://testserver"))
    return browser


def page(browser: Browser | None = None, address: str = LIST) -> str:
    return (browser or Browser()).get(address, headers=ENGLISH).content.decode()


@pytest.mark.clauses("P70")
def test_who_holds_a_code_writes_a_review_that_says_it_is_not_verified(anna: Browser) -> None:
    answer = send(anna)
    assert (answer.status_code, answer["Location"]) == (302, SENT)
    review = Review.objects.get()
    assert (review.stars, review.text, review.name, review.email) == (4, TYPED["text"], "Sanne", "sanne@example.org")
    assert (review.is_verified, review.code is None, review.language) == (False, False, "nl")
    Review.objects.update(published_at=NOW)
    assert "not verified by an order" in page()
    assert Browser().get(SENT).status_code == 200


@pytest.mark.clauses("P70")
def test_who_opens_a_paid_order_writes_a_verified_one(buyer: Browser, paid_order: Order) -> None:
    assert send(buyer).status_code == 302
    review = Review.objects.get()
    assert (review.order, review.is_verified) == (paid_order, True)
    Review.objects.update(published_at=NOW)
    assert ">verified by an order<" in page()


@pytest.mark.clauses("P70")
def test_an_unpaid_order_verifies_nothing(anna: Browser, counter: Counter) -> None:
    put(anna, counter.studio.anna, counter.photos["anna"], counter.print_)
    order_by(anna)
    sources = anna.get(WRITE).context["form"].fields["source"].choices
    assert [key.split()[0] for key, _label in sources] == ["code"]


def test_an_order_in_the_archive_is_used_for_no_review(buyer: Browser, clock: time_machine.Traveller) -> None:
    browser = Browser()
    Order.objects.update(placed_at=NOW - timedelta(days=190))
    order = Order.objects.get()
    browser.get(order_link(order).removeprefix("http://testserver"))
    assert not browser.get(WRITE).context["may_write"]


def test_a_stranger_is_told_how_to_come_by_a_review() -> None:
    stranger = Browser()
    assert "Enter the code on your card first" in page(stranger, WRITE)
    answer = stranger.post(WRITE, {**TYPED, "source": "", "token": str(uuid4())})
    assert answer.status_code == 422
    assert not Review.objects.exists()


@pytest.mark.clauses("P71")
def test_a_review_without_a_name_is_anonymous(anna: Browser) -> None:
    assert "name" not in anna.get(WRITE).context["form"].initial
    assert send(anna, name="").status_code == 302
    Review.objects.update(published_at=NOW)
    assert "Anonymous" in page()
    assert "<name>Anonymous</name>" in page(address=FEED)


@pytest.mark.clauses("P71", "P72")
def test_the_address_and_the_code_of_a_writer_stand_on_no_page(counter: Counter, paid_order: Order) -> None:
    shown(order_id=paid_order.pk)
    for address in (LIST, FEED):
        content = page(address=address)
        assert TYPED["text"] in content
        assert not any(word in content for word in (TYPED["email"], paid_order.number, str(paid_order.public_id)))


@pytest.mark.clauses("P72")
def test_nothing_is_kept_without_a_ticked_consent_and_none_is_ticked_beforehand(anna: Browser) -> None:
    content = page(anna, WRITE)
    assert " checked" not in content
    answer = send(anna, consent="")
    assert answer.status_code == 422
    assert not Review.objects.exists()


def test_changed_words_of_the_consent_move_their_version() -> None:
    field = ReviewForm.base_fields["consent"]
    catalogue = polib.pofile(str(ROOT / "locale" / "nl" / "LC_MESSAGES" / "django.po"))
    with translation.override("en"):
        english = [str(field.label), str(field.help_text)]
    dutch = [catalogue.find(sentence).msgstr for sentence in english]
    digest = hashlib.sha256("\n".join([*english, *dutch]).encode()).hexdigest()[:12]
    assert (REVIEW_VERSION, digest) == ("2026-11", "28c3f4a7fa86")


@pytest.mark.parametrize(
    "wrong", [{"stars": ""}, {"stars": "6"}, {"text": ""}, {"text": "x" * (LONGEST_TEXT + 1)}, {"email": "no address"}]
)
def test_an_error_keeps_what_was_typed_and_the_same_form(anna: Browser, wrong: dict[str, Any]) -> None:
    filled = form(anna, **wrong)
    answer = anna.post(WRITE, filled)
    assert answer.status_code == 422
    assert not Review.objects.exists()
    assert str(answer.context["token"]) == filled["token"]
    for name in ("stars", "text", "name", "email"):
        assert answer.context["form"][name].value() == filled[name]


def test_an_ended_visit_costs_nobody_their_words(anna: Browser, counter: Counter) -> None:
    filled = form(anna)
    anna.post("/weg/")
    anna.session.flush()
    stranger = Browser()
    answer = stranger.post(WRITE, filled, headers=ENGLISH)
    assert answer.status_code == 422
    assert "Your visit has ended" in answer.content.decode()
    assert TYPED["text"] in answer.content.decode()
    again = browser_of(counter, counter.studio.anna, browser=stranger).post(WRITE, filled)
    assert again["Location"] == SENT
    assert Review.objects.get().text == TYPED["text"]


def test_sent_twice_it_is_one_review(anna: Browser) -> None:
    filled = form(anna)
    assert [anna.post(WRITE, filled)["Location"] for _ in range(2)] == [SENT, SENT]
    assert Review.objects.count() == 1


def test_a_second_review_of_the_same_is_refused_with_a_sentence(anna: Browser) -> None:
    stale = form(anna)
    send(anna)
    answer = anna.post(WRITE, {**stale, "token": str(uuid4())}, headers=ENGLISH)
    assert answer.status_code == 422
    assert "A review of this was written already." in answer.content.decode()


def test_a_card_in_two_hands_opens_no_review_of_the_other(anna: Browser, counter: Counter) -> None:
    send(anna)
    review = Review.objects.get()
    other = browser_of(counter, counter.studio.anna)
    seen = page(other, WRITE)
    assert "There is a review already" in seen
    assert own_path(review) not in seen
    assert not reviews_of(Person(code_ids=frozenset({code_row(counter.studio.anna).pk})), NOW).exists()
    assert reviews_of(Person(email=TYPED["email"]), NOW).get() == review


def test_who_wrote_it_in_their_account_finds_the_way_back(anna: Browser) -> None:
    customer("sanne@example.org", now=NOW)
    log_in(anna, "sanne@example.org")
    send(anna)
    assert own_path(Review.objects.get()) in page(anna, WRITE)


@pytest.mark.parametrize("keep", ["hold", "restriction"])
def test_a_name_that_has_to_stay_is_not_said_to_be_gone(keep: str) -> None:
    review = shown()
    kept(review, keep)
    answer = Browser().post(own_path(review), {"what": "name"}, headers=ENGLISH, follow=True)
    assert "Your name and address are off" not in answer.content.decode()
    assert "For a legal reason" in answer.content.decode()
    assert Review.objects.get().name == "Sanne"


@pytest.mark.clauses("P72", "P87")
@pytest.mark.parametrize("keep", ["", "hold"])
def test_a_request_to_erase_withdraws_the_consent_and_is_off_the_site_at_once(keep: str) -> None:
    review = shown()
    kept(review, keep)
    person = Person(email=TYPED["email"])
    ask(person=person, right="erasure", text="", email="", language="nl", form_token=uuid4(), now=NOW)
    assert Consent.objects.get(pk=review.consent_id).withdrawn_at == NOW
    assert TYPED["text"] not in Browser().get(LIST).content.decode()
    assert Review.objects.exists() == bool(keep)


def kept(review: Review, keep: str) -> None:
    if keep == "hold":
        owner, until = hire(Role.PRIVACY_OWNER), NOW + timedelta(days=9)
        place_hold(kind="reviews.review", object_id=review.pk, reason="r", owner_id=owner.pk, until=until, now=NOW)
    elif keep:
        restrict(kind="reviews.review", object_id=review.pk, reason="r", now=NOW)


def test_an_order_page_leads_to_its_review(buyer: Browser, paid_order: Order) -> None:
    address = f"/bestelling/{paid_order.public_id}/"
    assert f"{WRITE}?source=order" in page(buyer, address)
    review = written(order_id=paid_order.pk)
    assert own_path(review) in page(buyer, address)


@pytest.mark.clauses("P73")
def test_the_average_counts_what_is_shown_and_nothing_else() -> None:
    shown(stars=5)
    shown(stars=2)
    written(stars=1)
    withdraw_review(review_id=shown(stars=1).pk, now=NOW)
    restrict(kind="reviews.review", object_id=shown(stars=1).pk, reason="r", now=NOW)
    answer = Browser().get(LIST)
    assert (answer.context["average"], answer.context["count"]) == (3.5, 2)
    assert 'content="3.5"' in answer.content.decode()


@pytest.mark.clauses("P70")
def test_the_page_says_how_reviews_are_verified_refused_and_when_we_decide() -> None:
    content = page()
    assert "written from the page of an order that was paid" in content
    assert "within 3 working days" in content
    assert "good and bad ones alike" in content
    for refusal in Review.Refusal:
        with translation.override("en"):
            assert str(refusal.label) in content


def test_many_reviews_come_in_pages_and_an_odd_page_is_the_first() -> None:
    for number in range(PER_PAGE + 1):
        shown(text=f"review {number}", now=NOW + timedelta(minutes=number))
    assert len(Browser().get(LIST).context["page"]) == PER_PAGE
    assert [review.text for review in Browser().get(LIST, {"page": "2"}).context["page"]] == ["review 0"]
    for odd in ("\x00", "²", "9" * 5000, "-1"):
        assert Browser().get(LIST, {"page": odd}).status_code == 200


def test_a_long_list_asks_no_more_of_the_database(django_assert_max_num_queries: Any) -> None:
    for _ in range(PER_PAGE):
        shown()
    with django_assert_max_num_queries(3):
        Browser().get(LIST)


def test_the_feed_is_atom_and_lies_in_no_cache() -> None:
    answer_review(review_id=shown(text="<b>&amp; “quoted”</b>").pk, text="Dank", now=NOW)
    answer = Browser().get(FEED)
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert "no-store" in answer["Cache-Control"]
    tree = ElementTree.fromstring(answer.content)  # noqa: S314  (our own feed)
    summary = tree.find(".//{*}entry/{*}summary")
    assert summary is not None
    assert summary.text == "<b>&amp; “quoted”</b>\n\nOns antwoord: Dank"


@pytest.mark.clauses("P72")
def test_a_withdrawn_review_is_off_every_page_and_feed_at_once() -> None:
    review = shown(text="ndl-withdrawn")
    answer_review(review_id=review.pk, text="ndl-answer", now=NOW)
    link = own_path(review)
    assert "no-store" in Browser().get(LIST)["Cache-Control"]
    Browser().post(link, {"what": "review"})
    for address in (LIST, FEED, link):
        assert "ndl-" not in page(address=address)
    assert not OutgoingMail.objects.filter(text__contains="ndl-withdrawn").exists()


@pytest.mark.clauses("P72")
def test_the_mailed_link_shows_first_and_withdraws_only_when_asked() -> None:
    review = shown()
    link = next(line for line in OutgoingMail.objects.first().text.splitlines() if "/via/" in line)  # type: ignore[union-attr]
    path = link[link.index("/beoordelingen") :]
    browser = Browser()
    for _ in range(2):
        assert TYPED["text"] in browser.get(path).content.decode()
    browser.head(path)
    assert Review.objects.get() == review
    assert browser.post(path).status_code == 200
    assert not Review.objects.exists()
    assert browser.get(path).status_code == 410
    assert browser.post(path).status_code == 410


def test_the_link_works_as_long_as_the_review_is_shown(clock: time_machine.Traveller) -> None:
    path = own_path(shown())
    clock.move_to(NOW + timedelta(days=366 * 30), tick=False)
    assert TYPED["text"] in Browser().get(path).content.decode()


@pytest.mark.parametrize("token", ["forged", links.sign("shop.order", str(uuid4()))])
def test_another_link_opens_nothing(token: str) -> None:
    assert Browser().get(f"/beoordelingen/via/{token}/").status_code == 404


def test_a_good_link_to_nothing_says_so_and_stays_out_of_search_engines() -> None:
    answer = Browser().get(f"/beoordelingen/via/{links.sign(LINK_PURPOSE, str(uuid4()))}/")
    assert answer.status_code == 410
    assert "noindex" in answer["X-Robots-Tag"]


def test_the_name_alone_may_go() -> None:
    review = shown()
    answer = Browser().post(own_path(review), {"what": "name"}, follow=True)
    assert answer.status_code == 200
    assert "Sanne" not in page()
    assert TYPED["text"] in page()


@pytest.mark.clauses("P70")
def test_a_messenger_review_says_so_and_that_the_platform_keeps_its_own(counter: Counter) -> None:
    review = recorded()
    Review.objects.update(published_at=NOW)
    assert "came by Messenger" in page()
    assert "What you wrote on Messenger itself stays there" in page(address=own_path(review))
    assert "blijft daar staan" in OutgoingMail.objects.get().text


def test_the_page_says_the_same_to_machines_without_a_script() -> None:
    shown()
    content = page()
    assert 'itemtype="https://schema.org/AggregateRating"' in content
    assert "application/ld+json" not in content
