"""The registry behind the first page."""

import pytest

from privacy import today
from privacy.today import Figure, Panel, panels_for
from tests.galleries.studio import NOW


@pytest.fixture(autouse=True)
def no_panels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(today, "_panels", [])


def panel(title: str, permission: str, asked: list[str]) -> Panel:
    def figures(now: object) -> list[Figure]:
        asked.append(title)
        return [Figure(count=1, label=title, url="/")]

    return Panel(title=title, permission=permission, figures=figures)


def test_a_panel_is_shown_and_counted_only_for_who_may_see_it() -> None:
    asked: list[str] = []
    today.register(panel("orders", "shop.move_order", asked))
    today.register(panel("nights", "privacy.view_sweeprun", asked))
    shown = panels_for(lambda permission: permission == "shop.move_order", now=NOW)
    assert [title for title, _ in shown] == ["orders"]
    assert asked == ["orders"]


def test_panels_stand_in_the_order_they_were_registered() -> None:
    for title in ("b", "a", "c"):
        today.register(panel(title, "x.y", []))
    assert [title for title, _ in panels_for(lambda _: True, now=NOW)] == ["b", "a", "c"]
