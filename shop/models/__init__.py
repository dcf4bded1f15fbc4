"""What is for sale, what is in a basket, and what was ordered and paid."""

from .catalogue import Product
from .drafts import Draft, DraftDetails, DraftLine
from .orders import ArchivedOrder, Order, OrderFile, OrderLine, OrderMove
from .payments import DemoPayment, Invoice, InvoiceSeries, Payment, PaymentStub

__all__ = [
    "ArchivedOrder",
    "DemoPayment",
    "Draft",
    "DraftDetails",
    "DraftLine",
    "Invoice",
    "InvoiceSeries",
    "Order",
    "OrderFile",
    "OrderLine",
    "OrderMove",
    "Payment",
    "PaymentStub",
    "Product",
]
