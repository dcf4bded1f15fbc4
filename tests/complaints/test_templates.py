"""What answers begin with: written by staff, filled in from a fixed list, and no look at who somebody is (P68)."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client as Browser
from hypothesis import given
from hypothesis import strategies as st

from accounts.roles import Role
from complaints.actions import TemplateFacts, UnknownPlaceholder, change_template, create_template
from complaints.models import ContactMessage, Letter, ReplyTemplate
from complaints.wording import PLACEHOLDERS, fill_in, unknown_placeholders
from privacy.models import AccessLogEntry, OutgoingMail
from tests.accounts.staff import at_work
from tests.galleries.studio import NOW

from .post import case, received

pytestmark = pytest.mark.postgres
LIST = "/beheer/complaints/replytemplate/"
TEXT_NL = "{greeting}\n\nOp {date} schreef je ons. Meer staat op {statement}. Groet, {studio}, {phone}, {email}"
TEXT_EN = "{greeting}\n\nYou wrote on {date}."


@pytest.fixture(autouse=True)
def clock(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def desk() -> Browser:
    return at_work(Role.FRONT_DESK)


def made(**changes: Any) -> ReplyTemplate:
    facts = {"title": "Informatie", "text_nl": TEXT_NL, "text_en": TEXT_EN, "is_active": True, **changes}
    return create_template(facts=TemplateFacts(**facts))


def begun(browser: Browser, address: str, template: object) -> str:
    return str(browser.get(address, {"template": str(template)}).context["form"]["text"].value())


@pytest.mark.clauses("P68")
def test_an_answer_begins_with_a_template_in_the_language_of_who_wrote(desk: Browser) -> None:
    template = made()
    message, nameless = received(), received(name="")
    answer = f"/beheer/complaints/contactmessage/{message.pk}/answer/"
    assert "Informatie" in desk.get(answer).content.decode()
    text = begun(desk, answer, template.pk)
    assert text.startswith("Hallo Sanne de Vries,\n\nOp 22 oktober 2026 schreef je ons.")
    assert "{" not in text
    ContactMessage.objects.filter(pk=nameless.pk).update(language="en")
    english = begun(desk, f"/beheer/complaints/contactmessage/{nameless.pk}/answer/", template.pk)
    assert english == "Hello,\n\nYou wrote on 22 October 2026."
    complaint = case()
    closing = begun(desk, f"/beheer/complaints/complaint/{complaint.pk}/close/", template.pk)
    assert closing.startswith("Hallo Noor,")


@pytest.mark.parametrize("odd", ["", "x", "²", "\x00", "9" * 30, "-1", "0"])
def test_an_odd_or_unused_template_begins_nothing(desk: Browser, odd: str) -> None:
    unused = made(is_active=False)
    answer = f"/beheer/complaints/contactmessage/{received().pk}/answer/"
    assert begun(desk, answer, odd) == ""
    assert begun(desk, answer, unused.pk) == ""


@pytest.mark.clauses("P68")
def test_sending_information_makes_nothing_but_the_letter_and_its_mail(desk: Browser) -> None:
    made()
    message = received()
    before = {model: model._base_manager.count() for model in apps.get_models()}
    desk.post(f"/beheer/complaints/contactmessage/{message.pk}/answer/", {"text": "Hier is de folder"})
    grown = {model for model, count in before.items() if model._base_manager.count() != count}
    assert grown == {Letter, OutgoingMail, AccessLogEntry}


def test_staff_write_and_change_them_in_the_back_office(desk: Browser) -> None:
    said = {"title": "Adres", "text_nl": "{greeting} Hallo", "text_en": "Hi", "is_active": "on"}
    assert desk.post(f"{LIST}add/", said).status_code == 302
    template = ReplyTemplate.objects.get()
    assert (template.text_nl, template.is_active) == ("{greeting} Hallo", True)
    desk.post(f"{LIST}{template.pk}/change/", {**said, "is_active": ""})
    assert not ReplyTemplate.objects.get().is_active
    assert desk.post(f"{LIST}{template.pk}/delete/").status_code == 403


@pytest.mark.parametrize(
    "odd", ["{name}", "{greeting.__class__}", "{greeting!r}", "{0}", "{}", "{", "}", "{{greeting}}", "{greeting"]
)
def test_nothing_else_stands_in_braces(desk: Browser, odd: str) -> None:
    said = {"title": "Adres", "text_nl": f"a {odd} b", "text_en": "Hi", "is_active": "on"}
    answer = desk.post(f"{LIST}add/", said)
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors["text_nl"]
    with pytest.raises(UnknownPlaceholder):
        made(text_en=odd)
    template = made()
    facts = TemplateFacts(title="t", text_nl=odd, text_en="", is_active=True)
    with pytest.raises(UnknownPlaceholder):
        change_template(template_id=template.pk, facts=facts)
    assert ReplyTemplate.objects.get().text_nl == TEXT_NL


@given(st.text(alphabet="{}abc greeting", max_size=40), st.text(max_size=20))
def test_what_a_value_says_is_never_filled_in_again(text: str, value: str) -> None:
    filled = fill_in(text, dict.fromkeys(PLACEHOLDERS, value))
    if not unknown_placeholders(text):
        assert filled == value.join(text.split("{greeting}"))
