"""Codes from an app, passkeys and recovery codes: offered to customers, required of who works here."""

import re
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client as Browser
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accounts.roles import Role
from tests.galleries.studio import NOW

from .customers import EMAIL, PASSWORD, customer, log_in, mails
from .passkeys import Device
from .staff import PASSWORD as STAFF_PASSWORD
from .staff import hire

HERE = "/account/beveiliging/"


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up_app(visit: Browser) -> str:
    """The secret an app was given."""
    page = visit.get(f"{HERE}app/")
    assert page.status_code == 200
    secret = str(page.context["form"].secret)
    assert visit.post(f"{HERE}app/", {"code": code_of(secret)})["Location"] == f"{HERE}herstelcodes/"
    return secret


def add_passkey(visit: Browser) -> Device:
    device = Device()
    options = visit.get(f"{HERE}sleutels/nieuw/").context["js_data"]["creation_options"]
    fields = {"name": "telefoon", "credential": device.register(options), "passwordless": "on"}
    answer = visit.post(f"{HERE}sleutels/nieuw/", fields)
    assert answer.status_code == 302, answer.content
    return device


def is_in(visit: Browser) -> bool:
    return "_auth_user_id" in visit.session


def test_with_an_app_the_password_is_half_a_login(
    visit: Browser,
    clock: time_machine.Traveller,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        secret = set_up_app(visit)
    assert len(mails("notice")) == 1
    clock.shift(60)
    other = Browser()
    assert log_in(other)["Location"] == "/account/inloggen/code/"
    assert not is_in(other)
    assert other.get("/account/").status_code == 302
    assert other.post("/account/inloggen/code/", {"code": "000000"}).status_code == 200
    assert other.post("/account/inloggen/code/", {"code": code_of(secret)})["Location"] == "/account/"
    assert is_in(other)


def test_the_secret_is_encrypted_at_rest(visit: Browser) -> None:
    secret = set_up_app(visit)
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_a_recovery_code_works_once(visit: Browser) -> None:
    set_up_app(visit)
    page = visit.get(f"{HERE}herstelcodes/").content.decode()
    code = re.findall(r'<code class="secret">(\d{8})</code>', page)[0]
    for expected in (302, 200):
        other = Browser()
        log_in(other)
        assert other.post("/account/inloggen/code/", {"code": code}).status_code == expected


def test_wrong_codes_are_counted_per_account_wherever_they_come_from(
    visit: Browser, clock: time_machine.Traveller
) -> None:
    secret = set_up_app(visit)
    clock.shift(60)
    for i in range(12):
        other = Browser(REMOTE_ADDR=f"192.0.2.{i}")
        log_in(other)
        other.post("/account/inloggen/code/", {"code": "000000"})
    other = Browser(REMOTE_ADDR="192.0.2.99")
    log_in(other)
    assert other.post("/account/inloggen/code/", {"code": code_of(secret)}).status_code == 200
    assert not is_in(other)


def test_a_passkey_opens_the_account_without_a_password(visit: Browser) -> None:
    device = add_passkey(visit)
    other = Browser()
    options = other.get("/account/inloggen/sleutel/", headers={"accept": "application/json"}).json()
    answer = other.post("/account/inloggen/sleutel/", {"credential": device.answer(options["request_options"])})
    assert answer["Location"] == "/account/"
    assert is_in(other)


def test_a_passkey_stands_in_for_the_code_after_the_password(visit: Browser) -> None:
    device = add_passkey(visit)
    other = Browser()
    log_in(other)
    options = other.get("/account/inloggen/code/").context["js_data"]["request_options"]
    answer = other.post("/account/inloggen/code/", {"credential": device.answer(options)})
    assert answer["Location"] == "/account/"


def test_another_device_opens_nothing(visit: Browser) -> None:
    device = add_passkey(visit)
    stranger = Device(user=device.user)
    other = Browser()
    options = other.get("/account/inloggen/sleutel/", headers={"accept": "application/json"}).json()
    other.post("/account/inloggen/sleutel/", {"credential": stranger.answer(options["request_options"])})
    assert not is_in(other)


def test_a_removed_passkey_is_gone_with_its_recovery_codes(visit: Browser) -> None:
    add_passkey(visit)
    key = Authenticator.objects.get(type="webauthn")
    assert visit.get(f"{HERE}sleutels/{key.pk}/weg/").status_code == 200
    visit.post(f"{HERE}sleutels/{key.pk}/weg/")
    assert not Authenticator.objects.exists()


def test_nobody_removes_the_passkey_of_another(visit: Browser) -> None:
    add_passkey(visit)
    key = Authenticator.objects.get(type="webauthn")
    customer("ander@example.org", now=NOW)
    other = Browser()
    log_in(other, "ander@example.org")
    assert other.post(f"{HERE}sleutels/{key.pk}/weg/").status_code == 404


def test_every_page_about_security_can_be_looked_at(visit: Browser) -> None:
    set_up_app(visit)
    add_passkey(visit)
    for page in ("", "app/uit/", "herstelcodes/", "herstelcodes/nieuw/", "sleutels/nieuw/"):
        assert visit.get(HERE + page).status_code == 200, page
    for page in ("opnieuw/", "opnieuw/code/", "opnieuw/sleutel/", "wachtwoord/"):
        assert visit.get(f"/account/{page}").status_code == 200, page
    assert visit.post(f"{HERE}app/uit/").status_code == 302
    assert visit.post(f"{HERE}herstelcodes/nieuw/").status_code == 302


@pytest.mark.parametrize(
    "odd", ["", "{}", "[]", "null", '"x"', "{", "\x00", '{"response": 1, "rawId": {}}', "9" * 5000]
)
def test_what_no_device_answers_is_refused_like_a_wrong_one(visit: Browser, odd: str) -> None:
    add_passkey(visit)
    assert visit.post(f"{HERE}sleutels/nieuw/", {"name": "x", "credential": odd}).status_code == 200
    assert visit.post("/account/opnieuw/sleutel/", {"credential": odd}).status_code < 500
    other = Browser()
    other.get("/account/inloggen/sleutel/", headers={"accept": "application/json"})
    assert other.post("/account/inloggen/sleutel/", {"credential": odd}).status_code == 302
    log_in(other)
    assert other.post("/account/inloggen/code/", {"credential": odd}).status_code == 200
    assert not is_in(other)


class TestStaff:
    @pytest.fixture(autouse=True)
    def required(self, settings: Settings, clock: time_machine.Traveller) -> None:
        settings.STAFF_NEEDS_SECOND_FACTOR = True

    @pytest.mark.clauses("P08")
    def test_without_a_second_factor_a_colleague_is_led_to_set_one_up_before_any_page(self) -> None:
        desk = hire(Role.FRONT_DESK, email="desk@example.org")
        visit = Browser()
        visit.post("/beheer/login/", {"username": desk.email, "password": STAFF_PASSWORD})
        assert is_in(visit)
        for page in ("/beheer/", "/beheer/shop/order/"):
            assert visit.get(page, follow=True).redirect_chain[-1][0] == HERE
        add_passkey(visit)
        assert visit.get("/beheer/").status_code == 200

    def test_with_one_the_password_is_half_a_login(self, clock: time_machine.Traveller) -> None:
        desk = hire(Role.FRONT_DESK, email="desk@example.org")
        visit = Browser()
        visit.force_login(desk)
        visit.post("/account/opnieuw/", {"password": STAFF_PASSWORD})
        secret = set_up_app(visit)
        clock.shift(60)
        other = Browser()
        fields = {"username": desk.email, "password": STAFF_PASSWORD, "next": "/beheer/shop/order/"}
        assert other.post("/beheer/login/", fields)["Location"] == "/account/inloggen/code/"
        assert other.get("/beheer/").status_code == 302
        answer = other.post("/account/inloggen/code/", {"code": code_of(secret)})
        assert answer["Location"] == "/beheer/shop/order/"
        assert other.get("/beheer/").status_code == 200
        assert other.session.get_expiry_age() <= 12 * 3600

    def test_taking_the_last_one_away_closes_the_back_office_again(self) -> None:
        desk = hire(Role.FRONT_DESK, email="desk@example.org")
        visit = Browser()
        visit.post("/beheer/login/", {"username": desk.email, "password": STAFF_PASSWORD})
        add_passkey(visit)
        visit.post(f"{HERE}sleutels/{Authenticator.objects.get(type='webauthn').pk}/weg/")
        assert visit.get("/beheer/").status_code == 302


def test_the_address_and_the_library_tables_stay_apart(visit: Browser) -> None:
    set_up_app(visit)
    assert EMAIL not in str(list(Authenticator.objects.values()))
    assert PASSWORD not in str(visit.session.items())
