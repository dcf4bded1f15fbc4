"""The privacy owner's screens."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client as Browser

from accounts.models import User
from accounts.roles import Role
from privacy.actions.exceptions import ExceptionRefused
from privacy.admin.engine import last_night
from privacy.breaker import paused_rules
from privacy.models import AccessLogEntry, Hold, OutgoingMail, Restriction, RuleRun, SweepRun
from privacy.registry import registry
from privacy.today import Tone
from tests.accounts.staff import at_work, browser_of, hire
from tests.galleries.studio import NOW, Studio, open_studio


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def owner(db: None) -> User:
    return hire(Role.PRIVACY_OWNER)


@pytest.fixture
def browser(owner: User) -> Browser:
    return browser_of(owner)


@pytest.fixture
def studio(db: None) -> Studio:
    return open_studio()


def hold_form(subject_id: int, **changes: object) -> dict[str, object]:
    said = {"kind": "galleries.subject", "object_id": subject_id, "reason": "case 12"}
    return {**said, "until_0": "2026-12-01", "until_1": "12:00:00", **changes}


def test_a_hold_has_a_reason_an_end_and_its_maker_as_owner(browser: Browser, owner: User, studio: Studio) -> None:
    assert browser.post("/beheer/privacy/hold/add/", hold_form(studio.anna.pk)).status_code == 302
    hold = Hold.objects.get()
    assert (hold.kind, hold.object_id, hold.owner_id) == ("galleries.subject", studio.anna.pk, owner.pk)
    assert hold.until > NOW


@pytest.mark.parametrize(
    "changes",
    [{"until_0": "2026-10-01"}, {"until_0": "", "until_1": ""}, {"reason": ""}, {"object_id": 999999}, {"kind": "x.y"}],
)
def test_a_hold_without_end_reason_or_row_is_refused(
    changes: dict[str, object], browser: Browser, studio: Studio
) -> None:
    answer = browser.post("/beheer/privacy/hold/add/", hold_form(studio.anna.pk, **changes))
    assert answer.status_code == 200
    assert not Hold.objects.exists()


def test_a_hold_is_never_rewritten_but_ends_at_once_when_asked(browser: Browser, studio: Studio) -> None:
    browser.post("/beheer/privacy/hold/add/", hold_form(studio.anna.pk))
    hold = Hold.objects.get()
    page = f"/beheer/privacy/hold/{hold.pk}/change/"
    assert browser.get(page).status_code == 200
    assert browser.post(page, hold_form(studio.anna.pk, reason="other")).status_code == 403
    browser.post("/beheer/privacy/hold/", {"action": "end", "_selected_action": [hold.pk]})
    hold.refresh_from_db()
    assert hold.until == NOW


def test_a_restriction_is_laid_once_and_lifted_by_an_action(browser: Browser, studio: Studio) -> None:
    form = {"kind": "galleries.subject", "object_id": studio.anna.pk, "reason": "asked by letter"}
    assert browser.post("/beheer/privacy/restriction/add/", form).status_code == 302
    assert browser.post("/beheer/privacy/restriction/add/", form).status_code == 200, "it stands already"
    row = Restriction.objects.get()
    browser.post("/beheer/privacy/restriction/", {"action": "lift", "_selected_action": [row.pk]})
    row.refresh_from_db()
    assert row.lifted_at == NOW
    assert browser.post("/beheer/privacy/restriction/add/", form).status_code == 302, "it may be laid again"


@pytest.mark.parametrize("kind", ["galleries.rendition", "shop.orderfile", "accounts.staffrole"])
def test_a_restriction_that_no_surface_would_honour_cannot_be_laid(browser: Browser, owner: User, kind: str) -> None:
    form = {"kind": kind, "object_id": owner.pk, "reason": "asked by letter"}
    answer = browser.post("/beheer/privacy/restriction/add/", form)
    assert "kind" in answer.context["adminform"].form.errors
    assert not Restriction.objects.exists()


def test_the_ledger_is_filtered_by_rules_that_say_what_they_are_about(browser: Browser) -> None:
    page = browser.get("/beheer/privacy/ledgerentry/", headers={"accept-language": "en"})
    rules = page.context["cl"].filter_specs[1].lookup_choices
    assert [key for key, _said in rules] == [rule.key for rule in registry.sorted_rules()]
    assert all(said == f"{key}: {registry.rules[key].title}" for key, said in rules)
    assert "RT01: " in page.content.decode()


def test_a_night_is_shown_with_what_each_rule_did(browser: Browser) -> None:
    sweep = SweepRun.objects.create(started_at=NOW, clock=NOW, finished_at=NOW, status="red")
    RuleRun.objects.create(sweep=sweep, rule="RT77", erased=41, residue=None, outcome="failed", error="ndl-error")
    page = browser.get(f"/beheer/privacy/sweeprun/{sweep.pk}/change/").content.decode()
    assert all(word in page for word in ("RT77", "41", "ndl-error"))


def test_a_paused_rule_is_named_first_and_released_when_asked(browser: Browser, owner: User) -> None:
    sweep_at(6, status="red", outcome="paused")
    nights = "/beheer/privacy/sweeprun/"
    assert f"{nights}release/" in browser.get(nights).content.decode()
    assert browser.get(f"{nights}release/").context["rules"] == ["RT01"]
    assert paused_rules() == {"RT01"}, "asking releases nothing"
    assert browser.post(f"{nights}release/").status_code == 302
    assert paused_rules() == set()
    assert AccessLogEntry.objects.filter(user=owner, action="release").count() == 1
    assert f"{nights}release/" not in browser.get(nights).content.decode()


def test_a_row_that_went_between_the_form_and_the_hold_is_a_sentence(
    browser: Browser, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    def erased_meanwhile(**_said: object) -> None:
        raise ExceptionRefused("There is no such row.")

    monkeypatch.setattr("privacy.admin.engine.place_hold", erased_meanwhile)
    answer = browser.post("/beheer/privacy/hold/add/", hold_form(studio.anna.pk), follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_mail_is_a_list_without_a_word_of_what_it_says(db: None) -> None:
    mail = OutgoingMail.objects.create(
        kind="k", to="to@example.org", subject="ndl-s", text="ndl-t", html="ndl-h", created_at=NOW, kept_from=NOW
    )
    desk = browser_of(hire(Role.FRONT_DESK))
    pages = [desk.get(f"/beheer/privacy/outgoingmail/{end}").content.decode() for end in ("", f"{mail.pk}/change/")]
    assert all("to@example.org" in page for page in pages)
    assert not any("ndl-" in page for page in pages)


def sweep_at(hours_ago: float, *, status: str = "green", **rule: object) -> None:
    started = NOW - timedelta(hours=hours_ago)
    sweep = SweepRun.objects.create(started_at=started, clock=started, finished_at=started, status=status)
    RuleRun.objects.create(sweep=sweep, rule="RT01", **{"erased": 5, "residue": 0, "forecast": 0, **rule})


def tones() -> set[Tone]:
    return {figure.tone for figure in last_night(NOW)}


def test_a_good_night_is_calm(db: None) -> None:
    sweep_at(6)
    assert tones() == {Tone.CALM}
    assert last_night(NOW)[0].count == 5


@pytest.mark.parametrize("hours_ago", [26.1, 50])
def test_a_missed_night_is_an_alarm(hours_ago: float, db: None) -> None:
    sweep_at(hours_ago)
    assert tones() == {Tone.ALARM}


def test_no_night_ever_is_an_alarm(db: None) -> None:
    assert tones() == {Tone.ALARM}


@pytest.mark.parametrize("rule", [{"residue": 1}, {"residue": None}, {"outcome": "failed"}, {"outcome": "paused"}])
def test_a_rule_that_left_something_or_could_not_count_is_an_alarm(rule: dict[str, object], db: None) -> None:
    sweep_at(6, status="red", **rule)
    assert Tone.ALARM in tones()


@pytest.mark.clauses("P88")
def test_a_message_about_a_restricted_row_is_out_of_the_list_of_messages(studio: Studio) -> None:
    mail = OutgoingMail.objects.create(
        kind="t", to="a@b.nl", created_at=NOW, kept_from=NOW, about_kind="galleries.subject", about_id=studio.anna.pk
    )
    Restriction.objects.create(kind="galleries.subject", object_id=studio.anna.pk, created_at=NOW)
    page = f"/beheer/privacy/outgoingmail/{mail.pk}/change/"
    assert at_work(Role.FRONT_DESK).get(page).status_code == 302
    assert at_work(is_superuser=True).get(page).status_code == 302
    assert at_work(Role.FRONT_DESK, Role.PRIVACY_OWNER).get(page).status_code == 200
