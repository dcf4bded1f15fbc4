"""Writing, looking at, counting and sending campaigns in the back office."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser

from accounts.models import Campaign
from accounts.roles import Role
from tests.galleries.studio import NOW

from .buyers import EMAIL, bought
from .staff import at_work

LIST = "/beheer/accounts/campaign/"
FORM = {
    "category": "wall",
    "subject_nl": "Jouw foto aan de muur",
    "text_nl": "Groot.",
    "subject_en": "Your photo on the wall",
    "text_en": "Large.",
    "ordered_from": "",
    "ordered_until": "",
    "postcode_starts": "",
}


@pytest.fixture(autouse=True)
def clock(db: None) -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def desk() -> Browser:
    return at_work(Role.FRONT_DESK)


def write(browser: Browser, **said: str) -> Campaign:
    page = browser.get(f"{LIST}add/")
    token = page.context["adminform"].form["token"].value()
    for _ in range(2):
        assert browser.post(f"{LIST}add/", {**FORM, "token": str(token), **said}, follow=True).status_code == 200
    return Campaign.objects.get()


def state(browser: Browser, campaign: Campaign, step: str, **said: Any) -> str:
    """Take one step, and the state after it."""
    answer = browser.post(f"{LIST}{campaign.pk}/{step}/", said, follow=True)
    assert answer.status_code == 200
    assert len(answer.context["messages"]) == 1
    campaign.refresh_from_db()
    return campaign.state


def test_the_desk_writes_looks_counts_and_sends(desk: Browser) -> None:
    bought()
    campaign = write(desk)
    preview = desk.get(f"{LIST}{campaign.pk}/preview/").content.decode()
    assert "Jouw foto aan de muur" in preview
    assert "Your photo on the wall" in preview
    assert EMAIL not in preview
    message = desk.get(f"{LIST}{campaign.pk}/preview/en/")
    assert "Large." in message.content.decode()
    assert "sandbox" in message["Content-Security-Policy"]
    page = desk.get(f"{LIST}{campaign.pk}/send/")
    assert page.context["count"] == 1
    shown = page.context["shown"]
    assert state(desk, campaign, "send", shown=shown) == "sending"
    assert state(desk, campaign, "send", shown=shown) == "sending", "the second click says why nothing happened"
    assert state(desk, campaign, "stop") == "stopped"
    assert state(desk, campaign, "resume") == "sending"


def test_a_stale_page_sends_nothing(desk: Browser) -> None:
    campaign = write(desk)
    assert state(desk, campaign, "send", shown="of yesterday") == "draft"
    assert state(desk, campaign, "stop") == "draft"


def test_what_is_being_sent_is_only_looked_at(desk: Browser) -> None:
    campaign = write(desk)
    Campaign.objects.update(state="sending", started_at=NOW)
    assert desk.get(f"{LIST}{campaign.pk}/change/").status_code == 200
    assert desk.post(f"{LIST}{campaign.pk}/change/", {**FORM, "subject_nl": "Anders"}).status_code == 403
    campaign.refresh_from_db()
    assert campaign.subject_nl == "Jouw foto aan de muur"


def test_a_draft_is_written_anew(desk: Browser) -> None:
    campaign = write(desk)
    assert desk.post(f"{LIST}{campaign.pk}/change/", {**FORM, "subject_nl": "Anders"}).status_code == 302
    campaign.refresh_from_db()
    assert campaign.subject_nl == "Anders"


@pytest.mark.clauses("P63")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("category", ""),
        ("category", "insurance"),
        ("subject_nl", ""),
        ("text_nl", "\x00"),
        ("text_en", ""),
        ("postcode_starts", "AB"),
        ("postcode_starts", "٣"),
        ("ordered_until", "2026-01-01"),
        ("ordered_from", "x"),
    ],
)
def test_what_is_not_right_comes_back_with_a_sentence_and_all_that_was_typed(
    desk: Browser, field: str, value: str
) -> None:
    said = {**FORM, "ordered_from": "2026-02-01", field: value}
    answer = desk.post(f"{LIST}add/", said)
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors
    assert "Jouw foto" in answer.content.decode() or field == "subject_nl"
    assert not Campaign.objects.exists()


def test_nobody_in_the_selection_means_no_button(desk: Browser) -> None:
    campaign = write(desk)
    page = desk.get(f"{LIST}{campaign.pk}/send/")
    assert page.context["count"] == 0
    assert 'type="submit" class="default"' not in page.content.decode()


def test_the_first_page_says_what_is_under_way(desk: Browser) -> None:
    write(desk)
    Campaign.objects.update(state="stopped", started_at=NOW)
    page = desk.get("/beheer/", headers={"accept-language": "en"})
    counts = {str(figure.label): figure.count for _, panel in page.context["panels"] for figure in panel}
    assert counts["campaigns that were stopped"] == 1
