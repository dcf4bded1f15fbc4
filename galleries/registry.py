"""Where upper apps add to our pages. They fill these lists in `AppConfig.ready()`; we never import them."""

from datetime import datetime
from typing import Protocol

from common.requests import VisitorRequest

from .access import OpenCode
from .models import Photo


class PhotoPanel(Protocol):
    """A fragment on the page of one photo, such as the order form: rendered HTML, or "" when there is none."""

    def __call__(self, request: VisitorRequest, *, code: OpenCode, photo: Photo, now: datetime) -> str: ...


class CodeEntered(Protocol):
    """Something to do once a code was accepted, such as finding the basket that belongs to it."""

    def __call__(self, request: VisitorRequest, *, now: datetime) -> None: ...


# In the order in which they stand on the page.
photo_panels: list[PhotoPanel] = []
code_entered: list[CodeEntered] = []
