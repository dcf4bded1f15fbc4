"""Reviews on the page of an account, and when the account goes (A26)."""

import pytest
from django.test import Client as Browser

from accounts.models import User
from accounts.registry import account_deleting, account_panels
from accounts.roles import Role
from reviews.account import CHOICE, review_panel, reviews_of_account
from reviews.emails import own_path
from reviews.models import Review
from shop.models import Order
from tests.accounts.staff import at_work
from tests.galleries.studio import NOW
from tests.shop.counter import Counter, browser_of

from .pen import WRITE, send, shown, written

pytestmark = pytest.mark.postgres


@pytest.fixture
def customer() -> User:
    return User.objects.create_user("Sanne@example.org", "x", name="Sanne", confirmed_at=NOW)


def panel(user: User) -> str:
    return review_panel(None, user=user, now=NOW)  # type: ignore[arg-type]


def ended(user: User, **chosen: str) -> None:
    reviews_of_account.decide(user=user, chosen=chosen, now=NOW)


def test_accounts_know_of_both() -> None:
    assert review_panel in account_panels
    assert reviews_of_account in account_deleting


@pytest.mark.clauses("P72")
def test_an_account_shows_its_reviews_and_the_way_to_take_each_away(customer: User) -> None:
    assert panel(customer) == ""
    mine = [shown(), written()]
    stranger = shown(email="stranger@example.org")
    page = panel(customer)
    assert all(own_path(review) in page for review in mine)
    assert own_path(stranger) not in page


def test_what_is_written_while_logged_in_belongs_to_the_account_whatever_address_was_typed(
    customer: User, counter: Counter
) -> None:
    browser = Browser()
    browser.force_login(customer)
    browser_of(counter, counter.studio.anna, browser=browser)
    send(browser, email="other@example.org")
    review = Review.objects.get()
    assert review.writer == customer
    assert own_path(review) in panel(customer)


def test_an_order_of_the_account_may_be_reviewed_from_any_browser(customer: User, paid_order: Order) -> None:
    browser = Browser()
    browser.force_login(customer)
    assert not browser.get(WRITE).context["may_write"]
    Order.objects.update(account=customer)
    assert send(browser).status_code == 302
    review = Review.objects.get()
    assert (review.order, review.is_verified, review.writer) == (paid_order, True, customer)


def test_a_colleague_writes_from_no_account(counter: Counter) -> None:
    browser = browser_of(counter, counter.studio.anna, browser=at_work(Role.FRONT_DESK))
    send(browser)
    assert Review.objects.get().writer is None


def test_nothing_is_asked_where_there_is_nothing(customer: User) -> None:
    assert reviews_of_account.describe(user=customer, now=NOW).choices == ()
    shown()
    (choice,) = reviews_of_account.describe(user=customer, now=NOW).choices
    assert choice.name == CHOICE
    assert [value for value, _text in choice.options] == ["stay", "name", "review"]


@pytest.mark.clauses("P72", "P73")
@pytest.mark.parametrize(
    ("chosen", "names"),
    [({CHOICE: "review"}, []), ({CHOICE: "name"}, [""]), ({CHOICE: "stay"}, ["Sanne"]), ({}, ["Sanne"])],
)
def test_what_was_chosen_happens_and_unasked_a_review_stays(
    customer: User, chosen: dict[str, str], names: list[str]
) -> None:
    shown()
    stranger = shown(email="stranger@example.org", name="Noor")
    ended(customer, **chosen)
    assert list(Review.objects.exclude(pk=stranger.pk).values_list("name", flat=True)) == names
    stranger.refresh_from_db()
    assert stranger.name == "Noor"
