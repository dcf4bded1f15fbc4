"""Where upper apps add to our pages. They fill these lists in `AppConfig.ready()`; we never import them."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from common.requests import VisitorRequest
from privacy.dossier import Section

from .models import Photo

if TYPE_CHECKING:
    # Actions call what stands here, and `access` calls actions.
    from .access import OpenCode


class PhotoPanel(Protocol):
    """A fragment on the page of one photo, such as the order form: rendered HTML, or "" when there is none."""

    def __call__(self, request: VisitorRequest, *, code: "OpenCode", photo: Photo, now: datetime) -> str: ...


class CodeEntered(Protocol):
    """Something to do once a code was accepted, such as finding the basket that belongs to it."""

    def __call__(self, request: VisitorRequest, *, now: datetime) -> None: ...


class DeletionNote(Protocol):
    """What stays for now although these photos are deleted, and until when, such as the copy inside a paid order: one
    sentence each. It speaks only of what this visitor may know: another household's order is none of theirs (A40)."""

    def __call__(self, request: VisitorRequest, *, photos: Collection[Photo], now: datetime) -> list[str]: ...


class HeldBesides(Protocol):
    """What is held that a code alone does not prove, such as an order this browser may open: for the page of what we
    hold about a code, which shows of it what kind of data it is and until when, never what it says."""

    def __call__(self, request: VisitorRequest, *, code: "OpenCode", now: datetime) -> list[Section]: ...


class PhotoChanged(Protocol):
    """Staff masked, replaced or deleted this photo at somebody's request (`RemovalCase.Decision`): who bought it is
    told, and never who asked. Called in the transaction that does it, while the photo is still there."""

    def __call__(self, *, photo: Photo, decision: str, now: datetime) -> None: ...


# In the order in which they stand on the page.
photo_panels: list[PhotoPanel] = []
code_entered: list[CodeEntered] = []
deletion_notes: list[DeletionNote] = []
held_besides: list[HeldBesides] = []
photo_changes: list[PhotoChanged] = []
