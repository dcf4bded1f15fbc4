"""What the site writes to its log."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.test import Client as Browser

from common import links
from shop.emails import LINK_PURPOSE


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the site's own handler writes."""
    handler = next(h for h in logging.getLogger().handlers if h.get_name() == "console")
    assert isinstance(handler, logging.StreamHandler)
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


def test_a_link_from_a_mail_that_opens_nothing_now_leaves_no_proof_in_the_log(db: None, log: io.StringIO) -> None:
    # The order may be restricted today and open again tomorrow: the token stays good.
    token = links.sign(LINK_PURPOSE, "00000000-0000-4000-8000-000000000000")
    assert Browser().get(f"/bestelling/via/{token}/").status_code == 404
    assert "Not Found: /bestelling/via/-/" in log.getvalue()
    assert token not in log.getvalue()


def test_no_link_of_any_mail_leaves_its_proof_in_the_log(db: None, log: io.StringIO) -> None:
    token = links.sign("anything", "00000000-0000-4000-8000-000000000000")
    for address in (f"/beoordelingen/via/{token}/", f"/nothing/{token}/", f"/nothing/{token}"):
        assert Browser().get(address).status_code == 404
    assert token not in log.getvalue()
    assert log.getvalue().count("Not Found: /") == 3


def test_a_line_keeps_its_other_words_and_its_odd_percent_signs(log: io.StringIO) -> None:
    logging.getLogger("x").warning("rule %s at 100%%: %s", "RT01", "/fotos/?a=%20b")
    assert log.getvalue().endswith("WARNING x rule RT01 at 100%: /fotos/?a=%20b\n")
