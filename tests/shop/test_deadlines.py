from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from common.periods import ZONE
from shop import deadlines

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(ZONE))  # noqa: DTZ001


def test_a_print_copy_counts_from_delivery_but_never_later_than_three_months_after_payment() -> None:
    paid = datetime(2026, 1, 31, 12, tzinfo=ZONE)
    latest = datetime(2026, 4, 30, tzinfo=ZONE)
    assert deadlines.print_kept_from(paid_at=paid, delivered_at=None) == latest
    assert deadlines.print_kept_from(paid_at=paid, delivered_at=latest - timedelta(seconds=1)) < latest
    assert deadlines.print_kept_from(paid_at=paid, delivered_at=latest + timedelta(seconds=1)) == latest


@given(MOMENTS)
def test_days_are_exact(moment: datetime) -> None:
    assert deadlines.draft_ends(moment) - moment == timedelta(days=21)
    assert deadlines.unpaid_ends(moment) - moment == timedelta(days=21)
    assert deadlines.download_ends(moment) - moment == timedelta(days=30)


def test_the_books_run_ten_years_with_the_one_stop_shop() -> None:
    assert deadlines.books_period(uses_oss=False).months == 84
    assert deadlines.books_period(uses_oss=True).months == 120


def test_the_end_of_the_books_only_moves_forward() -> None:
    assert deadlines.later_year_end(date(2026, 12, 31), date(2027, 1, 2)) == date(2027, 12, 31)
    assert deadlines.later_year_end(date(2027, 12, 31), date(2026, 5, 5)) == date(2027, 12, 31)
