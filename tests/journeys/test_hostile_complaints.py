"""A complaint from an order's page meets what no keyboard types and no camera makes; so do the templates of answers."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from complaints.models import Complaint, ReplyTemplate
from tests.galleries.studio import NOW
from tests.shop.counter import Counter, browser_of, open_counter, order_by, put

from .test_hostile_input import is_answered

pytestmark = pytest.mark.postgres


@pytest.fixture
def counter(db: None) -> Iterator[Counter]:
    with time_machine.travel(NOW, tick=False):
        yield open_counter()


@pytest.fixture
def page(counter: Counter) -> tuple[Browser, str]:
    """A buyer, and the page on which they complain."""
    browser = browser_of(counter, counter.studio.anna)
    put(browser, counter.studio.anna, counter.photos["anna"], counter.print_)
    return browser, f"/bestelling/{order_by(browser).public_id}/klacht/"


def test_complaining_answers_whatever_is_sent(page: tuple[Browser, str]) -> None:
    browser, address = page
    fields = {"line": "order", "reason": "other", "text": "T", "token": "x", "picture": ""}
    is_answered(browser, address, fields)
    body = b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n+2AA-x\r\n--b--\r\n'
    answer = browser.post(address, body, content_type="multipart/form-data; boundary=b; charset=utf-7")
    assert answer.status_code == 422
    assert Complaint.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xd8", b"\x00" * 5000, b"BM" + bytes(60), b"RIFF\x00\x00\x00\x00WEBP"])
@pytest.mark.parametrize("name", ["a.jpg", "../../etc/passwd", "x" * 300, "a\x00b.png", "é<b>.svg"])
def test_an_odd_file_is_a_sentence(page: tuple[Browser, str], content: bytes, name: str) -> None:
    browser, address = page
    file = SimpleUploadedFile("p.jpg", content)
    file._name = name  # type: ignore[attr-defined]
    answer = browser.post(address, {"line": "order", "reason": "other", "text": "T", "picture": file})
    assert answer.status_code == 422
    assert not Complaint.objects.exists()


def test_writing_a_template_answers_whatever_is_typed(db: None, admin_client: Browser) -> None:
    fields = {"title": "T", "text_nl": "N", "text_en": ""}
    is_answered(admin_client, "/beheer/complaints/replytemplate/add/", fields)
    assert not any("\x00" in template.text_en for template in ReplyTemplate.objects.all())
