import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from galleries.models import Assignment
from privacy.models import StoredObject

from .. import deadlines
from ..querysets import OrderFileQuerySet, OrderQuerySet
from ..states import State
from .catalogue import Product


class Order(models.Model):
    """A contract, frozen when it was placed (P37). Amounts are cents, VAT included.

    Three clocks run on one row: salutation and phone go after six months (RT07), what the books never need with them
    (RT08), and the person seven years after the end of the financial year (RT10). Each has its `…_erased_at`.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("number"), max_length=20, unique=True)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.PLACED)
    placed_at = models.DateTimeField(_("placed"))
    paid_at = models.DateTimeField(_("paid"), null=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True)
    language = models.CharField(max_length=5, default="nl")

    salutation = models.CharField(_("salutation"), max_length=20, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    delivery_note = models.CharField(_("delivery note"), max_length=200, blank=True)
    name = models.CharField(_("name"), max_length=120)
    street = models.CharField(_("street and number"), max_length=120)
    postcode = models.CharField(_("postcode"), max_length=12)
    city = models.CharField(_("city"), max_length=80)
    country = models.CharField(_("country"), max_length=2, default="NL")
    email = models.EmailField(_("e-mail address"))

    # The account it was placed in, or whose proved address it bears; empty for a guest, and once the books are closed.
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="orders"
    )
    refused_marketing = models.BooleanField(_("no mail about similar products"), default=False)
    # Which words said what happens with the address and offered to refuse; empty when none did (L19).
    marketing_wording = models.CharField(max_length=20, blank=True)
    # L22: the two ticks a digital file asks for, with their moment; empty when no file was ordered.
    file_consent_at = models.DateTimeField(null=True)
    file_waiver_at = models.DateTimeField(null=True)
    terms_version = models.CharField(max_length=20)
    statement_version = models.CharField(max_length=20)
    button_text = models.CharField(max_length=60)
    # Keyed digest of the form that placed the order and the browser it stood in: sent twice, it is one order.
    form_digest = models.CharField(max_length=70, unique=True, null=True)

    payment_method = models.CharField(_("payment method"), max_length=20)
    # What a bank transfer quotes; random, so it says nothing about the person (A39).
    payment_reference = models.CharField(_("payment reference"), max_length=20, unique=True, null=True)
    goods_cents = models.PositiveIntegerField(_("goods"))
    shipping_cents = models.PositiveIntegerField(_("shipping"))
    shipping_vat_rate = models.PositiveSmallIntegerField(_("VAT rate of the shipping"))
    total_cents = models.PositiveIntegerField(_("total"))
    vat_cents = models.PositiveIntegerField(_("of which VAT"))

    # RT10: the last day of the financial year of the order or of its last invoice, the later.
    books_year_end = models.DateField()
    contact_erased_at = models.DateTimeField(null=True)
    extras_erased_at = models.DateTimeField(null=True)
    person_erased_at = models.DateTimeField(null=True)
    # Who ordered asked us to erase what we hold: once delivered, the order is in the fiscal archive at once (A31).
    archive_asked_at = models.DateTimeField(null=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        permissions = [
            ("move_order", "Can move an order to its next state"),
            ("record_transfer", "Can record a bank transfer"),
            ("correct_order", _("Correct name and address of an order")),
        ]
        constraints = [
            models.CheckConstraint(
                name="total_is_goods_and_shipping",
                condition=Q(total_cents=models.F("goods_cents") + models.F("shipping_cents")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["placed_at", "id"], name="order_contact_due", condition=Q(contact_erased_at__isnull=True)
            ),
            models.Index(
                fields=["placed_at", "id"], name="order_extras_due", condition=Q(extras_erased_at__isnull=True)
            ),
            models.Index(
                fields=["placed_at", "id"], name="order_unpaid", condition=Q(state__in=["placed", "cancelled"])
            ),
            models.Index(
                fields=["books_year_end", "id"], name="order_books", condition=Q(person_erased_at__isnull=True)
            ),
            models.Index(fields=["-placed_at"], name="order_newest"),
            models.Index(
                fields=["id"],
                name="order_to_archive",
                condition=Q(archive_asked_at__isnull=False, extras_erased_at__isnull=True),
            ),
            models.Index(Lower("email"), name="order_address", condition=Q(person_erased_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.number

    def is_archived(self, now: datetime) -> bool:
        """Whether it is in the fiscal archive: after six months (A12), or before at the wish of who ordered (A31)."""
        asked = self.archive_asked_at is not None and self.state == State.DELIVERED
        return asked or self.contact_erased_at is not None or deadlines.archived_at(self.placed_at) <= now


class ArchivedOrder(Order):
    """The same order after six months: the fiscal archive, read by the role administration alone (A12)."""

    class Meta:
        proxy = True
        verbose_name = _("archived order")
        verbose_name_plural = _("fiscal archive")


class OrderLine(models.Model):
    """One line, with everything frozen that the catalogue or the gallery may change later."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey(Product, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=Product.Kind.choices)
    title = models.CharField(_("title"), max_length=80)
    quantity = models.PositiveSmallIntegerField(_("quantity"))
    unit_cents = models.PositiveIntegerField(_("price each"))
    total_cents = models.PositiveIntegerField(_("total"))
    # Percent times hundred: 2100 is 21 %.
    vat_rate = models.PositiveSmallIntegerField(_("VAT rate"))
    vat_cents = models.PositiveIntegerField(_("of which VAT"))
    # RT08: which photo, how it is cut, and of which assignment; the books never need them. The anchor stands here too.
    placed_at = models.DateTimeField()
    photo_ref = models.UUIDField(null=True)
    photo_label = models.CharField(_("photo"), max_length=60, blank=True)
    crop = models.CharField(max_length=40, blank=True)
    assignment = models.ForeignKey(Assignment, null=True, on_delete=models.SET_NULL, related_name="+")
    extras_erased_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        constraints = [
            models.CheckConstraint(
                name="line_total_is_unit_times_quantity",
                condition=Q(total_cents=models.F("unit_cents") * models.F("quantity")),
            ),
        ]
        indexes = [
            models.Index(fields=["placed_at", "id"], name="line_extras_due", condition=Q(extras_erased_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{_('order line')} {self.pk}"


class OrderFile(models.Model):
    """The order's own copy of a photo, made when the order was placed: orders outlive photos. It is made anew when the
    photo was masked or replaced before anybody began to make the order (`actions.copies`).

    A copy to print goes 30 days after delivery, at the latest after payment and three months (RT09); a guest's bought
    file 30 days after payment (RT29), that of an account with the account (RT11). `kept_from` is that moment; empty
    until the order is paid.
    """

    class Purpose(models.TextChoices):
        PRINT = "print", _("to print")
        DOWNLOAD = "download", _("to download")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    line = models.OneToOneField(OrderLine, on_delete=models.CASCADE, related_name="file")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    stored = models.OneToOneField(StoredObject, on_delete=models.PROTECT, related_name="+")
    kept_from = models.DateTimeField(null=True)
    # The account that keeps a bought file, and takes it along when it goes (P51).
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.CASCADE, related_name="files"
    )

    objects = OrderFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("ordered file")
        verbose_name_plural = _("ordered files")
        constraints = [
            models.CheckConstraint(
                name="account_keeps_bought_files_only", condition=Q(purpose="download") | Q(account__isnull=True)
            )
        ]
        indexes = [
            models.Index(
                fields=["kept_from", "id"], name="file_to_print", condition=Q(purpose="print", kept_from__isnull=False)
            ),
            models.Index(
                fields=["kept_from", "id"],
                name="file_to_download",
                condition=Q(purpose="download", kept_from__isnull=False, account__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{_('ordered file')} {self.pk}"


class OrderMove(models.Model):
    """One move of an order along the table of states: when, and by whom if by staff. It goes with what else the books
    never need of its order, six months after that was placed, however late the move came (RT08)."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="moves")
    before = models.CharField(max_length=20, choices=State.choices)
    after = models.CharField(max_length=20, choices=State.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    # The anchor stands here too.
    placed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("order move")
        verbose_name_plural = _("order moves")
        indexes = [
            models.Index(fields=["order", "at"], name="moves_of_order"),
            models.Index(fields=["placed_at", "id"], name="move_extras_due"),
        ]

    def __str__(self) -> str:
        return f"{self.before} > {self.after}"
