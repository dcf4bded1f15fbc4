"""The page of an order, the link in its mails, and its files."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.at_work import person_of
from common.money import format_cents
from common.requests import VisitorRequest
from privacy import files

from .. import deadlines, visit
from ..actions.copies import outdated_copies
from ..actions.correcting import BY_BUYER
from ..emails import order_behind
from ..models import Order, OrderFile, OrderLine
from ..pricing import vat_by_rate
from ..providers import TRANSFER, payment_methods
from ..references import in_groups
from ..registry import order_panels
from ..states import State
from .lines import vat_rows
from .payments import explains_absence, order_of_visit


@never_cache
@require_safe
@explains_absence
def order(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What was ordered, where it stands, how to pay, and the files that were bought. After six months only number,
    date and total (A12)."""
    now = timezone.now()
    found = order_of_visit(request, public_id, now=now)
    if found.is_archived(now):
        return render(request, "shop/order_archived.html", {"order": found, "total": format_cents(found.total_cents)})
    panels = [panel(cast("VisitorRequest", request), order=found, now=now) for panel in order_panels]
    context = _context(found, now=now) | {"panels": [mark_safe(panel) for panel in panels if panel]}  # noqa: S308  (rendered by a template)
    return render(request, "shop/order.html", context)


@never_cache
@require_safe
@explains_absence
def order_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link in a mail: let this browser open the order, and leave the proof out of the address bar."""
    now = timezone.now()
    found = order_behind(token, now=now)
    if found is None:
        raise Http404
    visit.remember_order(cast("VisitorRequest", request), found.public_id, now=now)
    return redirect("shop:order", found.public_id)


@never_cache
@require_safe
@login_required
def account_file(request: HttpRequest, file_id: UUID) -> HttpResponseBase:
    """The bytes of one file that an account keeps, for as long as the account stands (RT11, P51)."""
    file = get_object_or_404(
        OrderFile.objects.of_account(person_of(request).pk).select_related("line__order", "stored"), public_id=file_id
    )
    if outdated_copies().filter(pk=file.pk).exists():
        return redirect("accounts:home")
    return _bytes(file.stored.name, filename=f"{file.line.order.number}-{file.pk}.jpg")


@never_cache
@require_safe
def download(request: HttpRequest, public_id: UUID, file_id: UUID) -> HttpResponseBase:
    """The bytes of one bought file, for thirty days from payment (RT29). Its name says the order number, no more."""
    now = timezone.now()
    found = order_of_visit(request, public_id, now=now)
    rows = list(
        OrderFile.objects.downloadable(now)
        .filter(line__order=found)
        .order_by("line_id")
        .values_list("public_id", "stored__name")
    )
    position, name = next(((i, name) for i, (row, name) in enumerate(rows, start=1) if row == file_id), (0, ""))
    if not name:
        raise Http404
    if outdated_copies().filter(public_id=file_id).exists():
        # Never the photo as it was (A7): the page of the order says that the file comes.
        return redirect("shop:order", public_id)
    return _bytes(name, filename=f"{found.number}-{position}.jpg")


def _bytes(name: str, *, filename: str) -> HttpResponseBase:
    try:
        content = files.store.open(name)
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(content, as_attachment=True, filename=filename, content_type="image/jpeg")


def _context(found: Order, *, now: datetime) -> dict[str, object]:
    lines = list(found.lines.order_by("id"))
    bought = OrderFile.objects.downloadable(now).filter(line__order=found).in_bulk(field_name="public_id").values()
    file_of = {file.line_id: file for file in bought}
    late = set(outdated_copies().filter(line__order=found).values_list("line_id", flat=True)) if file_of else set()
    is_open = found.state == State.PLACED
    return {
        "order": found,
        "rows": [_row(line, file_of.get(line.pk), is_late=line.pk in late) for line in lines],
        "goods": format_cents(found.goods_cents),
        "shipping": format_cents(found.shipping_cents) if found.shipping_cents else "",
        "total": format_cents(found.total_cents),
        "vat": vat_rows(_vat_of(found, lines)),
        "invoice": getattr(found, "invoice", None),
        "is_open": is_open,
        "is_correctable": found.state in BY_BUYER and not found.archive_asked_at,
        "can_pay_online": is_open and any(name != TRANSFER for name, _label in payment_methods()),
        "can_transfer": is_open and any(name == TRANSFER for name, _label in payment_methods()),
        "pay_before": deadlines.unpaid_ends(found.placed_at),
        "iban": in_groups(settings.STUDIO_IBAN),
        "payment_reference": in_groups(found.payment_reference or ""),
        "download_until": deadlines.download_ends(found.paid_at) if found.paid_at and file_of else None,
        "keeps_files": found.account_id is not None,
        "files_lapsed": found.account_id is None
        and bool(found.paid_at)
        and not file_of
        and any(line.kind == "file" for line in lines),
    }


def _row(line: OrderLine, file: OrderFile | None, *, is_late: bool) -> dict[str, object]:
    return {
        "title": line.title,
        "label": line.photo_label,
        "quantity": line.quantity,
        "unit": format_cents(line.unit_cents),
        "total": format_cents(line.total_cents),
        "file": file,
        "is_made_anew": is_late,
    }


def _vat_of(found: Order, lines: list[OrderLine]) -> tuple[tuple[int, int], ...]:
    return vat_by_rate(
        [(line.vat_rate, line.vat_cents) for line in lines], found.shipping_cents, found.shipping_vat_rate
    )
