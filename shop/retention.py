"""The shop's rules: what of an order goes when. Drafts after three weeks, unpaid orders too, what the books never need
after six months, the person after seven years; copies of photos each by their own clock.
"""

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.periods import Bound
from privacy.registry import registry
from privacy.rules import Outcome, Rule

from . import deadlines
from . import declarations as declared
from .actions.removal import erase_orders
from .models import (
    DemoPayment,
    Disclosure,
    Draft,
    Order,
    OrderFile,
    OrderLine,
    OrderMove,
    Payment,
    PaymentStub,
    Repayment,
)
from .querysets import UNPAID_STATES

registry.declare("shop.Product", declared.PRODUCT)
registry.declare("shop.Draft", declared.DRAFT)
registry.declare("shop.DraftLine", declared.DRAFT_LINE)
registry.declare("shop.DraftDetails", declared.DRAFT_DETAILS)
registry.declare("shop.Order", declared.ORDER)
registry.declare("shop.OrderLine", declared.ORDER_LINE)
registry.declare("shop.OrderFile", declared.ORDER_FILE)
registry.declare("shop.OrderMove", declared.ORDER_MOVE)
registry.declare("shop.Payment", declared.PAYMENT)
registry.declare("shop.PaymentStub", declared.PAYMENT_STUB)
registry.declare("shop.Repayment", declared.REPAYMENT)
registry.declare("shop.Invoice", declared.INVOICE)
registry.declare("shop.Disclosure", declared.DISCLOSURE)
registry.declare("shop.InvoiceCorrection", declared.INVOICE_CORRECTION)
registry.declare("shop.InvoiceSeries", declared.INVOICE_SERIES)
registry.declare("shop.DemoPayment", declared.DEMO_PAYMENT)

registry.erasure(Order, erase_orders)
registry.honours_restrictions(Order)

registry.rule(
    Rule(
        key="RT05",
        title=_("a basket and what was typed at the checkout: three weeks from the entry of the code"),
        clauses=("P52", "P53"),
        model=Draft,
        anchor="opened_at",
        period=deadlines.DRAFT,
        bound=Bound.AT_MOST,
        outcome=Outcome.DELETE,
    )
)
registry.rule(
    Rule(
        key="RT06",
        title=_("an order that was never paid"),
        clauses=("P55",),
        model=Order,
        anchor="placed_at",
        period=deadlines.UNPAID,
        bound=Bound.AT_MOST,
        condition=Q(state__in=[state.value for state in UNPAID_STATES]),
        outcome=Outcome.DELETE,
    )
)
registry.rule(
    Rule(
        key="RT06.demo",
        title=_("the demo provider's own books"),
        clauses=("P55",),
        model=DemoPayment,
        anchor="created_at",
        period=deadlines.DEMO_PAYMENT,
        bound=Bound.AT_MOST,
        outcome=Outcome.DELETE,
        only_demo=True,
    )
)
registry.rule(
    Rule(
        key="RT06.stub",
        title=_("payment reference and amount of an order that was never paid"),
        clauses=("P55",),
        model=PaymentStub,
        anchor="created_at",
        period=deadlines.STUB,
        bound=Bound.AT_MOST,
        outcome=Outcome.DELETE,
    )
)
registry.rule(
    Rule(
        key="RT07",
        title=_("salutation and phone number of an order"),
        clauses=("P43",),
        model=Order,
        anchor="placed_at",
        period=deadlines.EXTRAS,
        bound=Bound.AT_MOST,
        condition=Q(contact_erased_at__isnull=True),
        outcome=Outcome.FIELDS,
        marker="contact_erased_at",
    )
)
registry.rule(
    Rule(
        key="RT08.line",
        title=_("which photo was ordered, and how it was cut"),
        clauses=("P42", "P55"),
        model=OrderLine,
        anchor="placed_at",
        period=deadlines.EXTRAS,
        bound=Bound.AT_MOST,
        condition=Q(extras_erased_at__isnull=True),
        outcome=Outcome.FIELDS,
        marker="extras_erased_at",
    )
)
registry.rule(
    Rule(
        key="RT08.move",
        title=_("when an order moved on, and who moved it"),
        clauses=("P08", "P55"),
        model=OrderMove,
        anchor="placed_at",
        period=deadlines.EXTRAS,
        bound=Bound.AT_MOST,
        outcome=Outcome.DELETE,
    )
)
registry.rule(
    Rule(
        key="RT08.order",
        title=_("the note for the delivery"),
        clauses=("P42", "P55"),
        model=Order,
        anchor="placed_at",
        period=deadlines.EXTRAS,
        bound=Bound.AT_MOST,
        condition=Q(extras_erased_at__isnull=True),
        outcome=Outcome.FIELDS,
        marker="extras_erased_at",
    )
)
# `kept_from` is delivery, or three months after payment where that comes first.
registry.rule(
    Rule(
        key="RT09",
        title=_("the copy of a photo made for printing, from delivery"),
        clauses=("P39", "P55"),
        model=OrderFile,
        anchor="kept_from",
        period=deadlines.PRINT_COPY,
        bound=Bound.AT_MOST,
        condition=Q(purpose="print", kept_from__isnull=False),
        outcome=Outcome.DELETE,
    )
)
registry.rule(
    Rule(
        key="RT10",
        title=_("the order record and its invoice, from the end of the financial year"),
        clauses=("P42", "P60"),
        model=Order,
        anchor="books_year_end",
        period=deadlines.books_period(uses_oss=settings.USES_OSS),
        bound=Bound.AT_LEAST,
        floor="AWR art. 52; Uitvoeringsverordening (EU) 282/2011 art. 63c",
        condition=Q(person_erased_at__isnull=True),
        outcome=Outcome.KEEP,
        marker="person_erased_at",
        keep=(
            "public_id",
            "number",
            "state",
            "placed_at",
            "paid_at",
            "delivered_at",
            "payment_method",
            "goods_cents",
            "shipping_cents",
            "shipping_vat_rate",
            "total_cents",
            "vat_cents",
            "books_year_end",
            "contact_erased_at",
            "extras_erased_at",
        ),
    )
)
registry.rule(
    Rule(
        key="RT10.payment",
        title=_("the provider's reference of a payment, from the end of the financial year"),
        clauses=("P42", "P60"),
        model=Payment,
        anchor="books_year_end",
        period=deadlines.books_period(uses_oss=settings.USES_OSS),
        bound=Bound.AT_LEAST,
        floor="AWR art. 52; Uitvoeringsverordening (EU) 282/2011 art. 63c",
        condition=Q(reference_erased_at__isnull=True),
        outcome=Outcome.FIELDS,
        marker="reference_erased_at",
    )
)
registry.rule(
    Rule(
        key="RT10.repayment",
        title=_("money we received and paid back, from the end of the financial year"),
        clauses=("P42", "P60"),
        model=Repayment,
        anchor="books_year_end",
        period=deadlines.books_period(uses_oss=settings.USES_OSS),
        bound=Bound.AT_LEAST,
        floor="AWR art. 52; Uitvoeringsverordening (EU) 282/2011 art. 63c",
        outcome=Outcome.DELETE,
    )
)
registry.rule(
    Rule(
        key="RT21.order",
        title=_("who received data of an order, as long as the order names a person"),
        clauses=("P55", "P82"),
        model=Disclosure,
        anchor="books_year_end",
        period=deadlines.books_period(uses_oss=settings.USES_OSS),
        bound=Bound.AT_LEAST,
        outcome=Outcome.DELETE,
    )
)
registry.rule(
    Rule(
        key="RT29",
        title=_("a bought digital file of who has no account, from payment"),
        clauses=("P51", "P55"),
        model=OrderFile,
        anchor="kept_from",
        period=deadlines.DOWNLOAD,
        bound=Bound.AT_MOST,
        condition=Q(purpose="download", kept_from__isnull=False, account__isnull=True),
        outcome=Outcome.DELETE,
    )
)
