"""What stands beside a form, made from the declarations of what it fills."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.template.loader import render_to_string
from django.utils import translation

from privacy.checks import notice_errors
from privacy.notices import Collects, NoticeRow, notice, register, registered
from privacy.registry import Registry, registry


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def row_of(key: str, name: str) -> NoticeRow:
    return next(row for row in notice(key, registry).rows if name in [str(one) for one in row.names])


@pytest.mark.clauses("P40")
def test_the_checkout_says_what_each_field_is_for_and_what_happens_without():
    assert "there is no order" in str(notice("shop.checkout", registry).without)
    name, phone = row_of("shop.checkout", "Name"), row_of("shop.checkout", "Phone number")
    assert str(name.purpose) == "delivering an order"
    assert str(name.basis) == "needed for the contract"
    assert name.ends[0].endswith(": 7 years")
    assert phone.ends[0].endswith(": 6 months")
    assert "postal carrier" in [str(one) for one in phone.recipients]


@pytest.mark.clauses("P41")
def test_a_form_that_rests_on_an_interest_says_so():
    assert str(row_of("complaints.contact", "Your message").basis) == "legitimate interest"


@pytest.mark.parametrize("form", registered(), ids=lambda form: form.key)
def test_every_form_has_a_notice_without_a_blank(form: Collects):
    found = notice(form.key, registry)
    assert str(found.without)
    assert sum(len(row.names) for row in found.rows) == len(form.fields)
    for row in found.rows:
        assert all(str(name) for name in row.names), form.key
        assert row.ends
        assert all(row.ends)
    html = render_to_string("privacy/_form_notice.html", {"notice": found})
    assert f'data-notice="{form.key}"' in html
    assert 'href="/privacy/"' in html


def test_a_form_that_fills_an_undeclared_field_fails_the_checks():
    assert list(notice_errors(registry)) == []
    assert {error.id for error in notice_errors(Registry())} == {"privacy.E017"}


def test_a_form_is_registered_once_and_names_declared_fields_only():
    with pytest.raises(ImproperlyConfigured):
        register(registered()[0])
    with pytest.raises(KeyError):
        notice("shop.checkout", Registry())
