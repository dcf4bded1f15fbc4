"""What is for sale, what is in a basket, and what was ordered and paid."""

from .catalogue import Product
from .disclosures import Disclosure, InvoiceCorrection
from .drafts import Draft, DraftDetails, DraftLine
from .orders import ArchivedOrder, Order, OrderFile, OrderLine, OrderMove
from .payments import DemoPayment, Invoice, InvoiceSeries, Payment, PaymentStub
from .repayments import Repayment

__all__ = [
    "ArchivedOrder",
    "DemoPayment",
    "Disclosure",
    "Draft",
    "DraftDetails",
    "DraftLine",
    "Invoice",
    "InvoiceCorrection",
    "InvoiceSeries",
    "Order",
    "OrderFile",
    "OrderLine",
    "OrderMove",
    "Payment",
    "PaymentStub",
    "Product",
    "Repayment",
]
