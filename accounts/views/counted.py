"""What a page answers that may not be used without limit, while nothing can be counted."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from redis.exceptions import RedisError

from ..throttle import CannotCount

View = Callable[..., HttpResponseBase]


def counted(view: View) -> View:
    """Refuse with a sentence, and change nothing, while the counters of `view` are out of reach: ours say so,
    those of django-allauth stand in the same cache and break."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (CannotCount, RedisError):
            return render(request, "503.html", status=503)

    return answer
