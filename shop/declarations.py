"""What every field of the shop's tables is, whose, and which rule ends it. `retention.py` registers these."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from privacy.declarations import (
    Basis,
    Category,
    Declaration,
    Purpose,
    Recipient,
    Whose,
    not_personal,
    personal,
    plain,
)

ordered = partial(
    personal, whose=Whose.ORDERER, purpose=Purpose.DELIVERY, basis=Basis.CONTRACT, recipients=(Recipient.HOST,)
)
drafted = partial(
    personal,
    whose=Whose.ORDERER,
    purpose=Purpose.ORDER_LATER,
    basis=Basis.LEGITIMATE_INTEREST,
    rule="RT05",
    clauses=("P52", "P53"),
    recipients=(Recipient.HOST,),
)
typed = partial(drafted, category=Category.CONTACT)
contact = partial(
    ordered,
    category=Category.CONTACT,
    rule="RT10",
    clauses=("P38", "P40", "P42"),
    recipients=(Recipient.HOST, Recipient.CARRIER),
    portability=True,
)
agreed = partial(ordered, category=Category.ORDER, rule="RT10", clauses=("P37", "P42"))
extra = partial(ordered, category=Category.ORDER, rule="RT08.line", clauses=("P42", "P55"))
one_of_few = not_personal("one of a few words of the programme")

PRODUCT: dict[str, Declaration] = {
    "id": plain(),
    "public_id": plain(),
    "kind": one_of_few,
    "title_nl": not_personal("what the studio sells"),
    "title_en": not_personal("what the studio sells"),
    "price_cents": plain(),
    "vat": one_of_few,
    "width_mm": plain(),
    "height_mm": plain(),
    "is_active": plain(),
    "position": plain(),
}
DRAFT: dict[str, Declaration] = {
    "id": plain(),
    "public_id": plain(),
    "code": drafted(category=Category.ACCESS, access=False),
    "opened_at": drafted(category=Category.ORDER, label=_("Basket opened")),
    "closed_at": plain(),
}
DRAFT_LINE: dict[str, Declaration] = {
    "id": plain(),
    "public_id": plain(),
    "draft": plain(),
    "photo": drafted(category=Category.ORDER, label=_("Photo in the basket")),
    "product": drafted(category=Category.ORDER, label=_("Product in the basket")),
    "quantity": drafted(category=Category.ORDER, label=_("Number in the basket")),
}
DRAFT_DETAILS: dict[str, Declaration] = {
    "id": plain(),
    "draft": plain(),
    "viewer_digest": drafted(category=Category.ACCESS, access=False),
    "salutation": typed(label=_("Salutation")),
    "name": typed(label=_("Name")),
    "street": typed(label=_("Street and house number")),
    "postcode": typed(label=_("Postcode")),
    "city": typed(label=_("Town")),
    "email": typed(label=_("E-mail address")),
    "phone": typed(label=_("Phone number")),
    "delivery_note": typed(label=_("Note for the delivery")),
}
ORDER: dict[str, Declaration] = {
    "id": plain(),
    "public_id": plain(),
    "number": not_personal("a random number; only the fields beside it lead to a person, and they go"),
    "state": one_of_few,
    "placed_at": plain(),
    "paid_at": plain(),
    "delivered_at": plain(),
    "language": agreed(label=_("Language")),
    "salutation": contact(rule="RT07", clauses=("P38", "P43"), label=_("Salutation")),
    "phone": contact(rule="RT07", clauses=("P38", "P40", "P43"), label=_("Phone number")),
    "delivery_note": contact(rule="RT08.order", clauses=("P42", "P55"), label=_("Note for the delivery")),
    "name": contact(label=_("Name")),
    "street": contact(label=_("Street and house number")),
    "postcode": contact(label=_("Postcode")),
    "city": contact(label=_("Town")),
    "country": contact(label=_("Country")),
    "email": contact(label=_("E-mail address"), recipients=(Recipient.HOST, Recipient.MAIL_PROVIDER)),
    "refused_marketing": agreed(clauses=("P65", "P42"), label=_("No mail about similar products")),
    "marketing_wording": agreed(clauses=("P64", "P65"), label=_("Version of the words about similar products")),
    "file_consent_at": agreed(label=_("Asked for files at once")),
    "file_waiver_at": agreed(label=_("Understood that files cannot be returned")),
    "terms_version": agreed(label=_("Version of the terms")),
    "statement_version": agreed(label=_("Version of the privacy statement")),
    "button_text": agreed(label=_("Text of the order button")),
    "form_digest": ordered(category=Category.ACCESS, rule="RT08.order", clauses=("P55",), access=False),
    "account": ordered(category=Category.ACCESS, rule="RT10", clauses=("P44", "P46"), access=False),
    "payment_method": one_of_few,
    "payment_reference": ordered(
        category=Category.PAYMENT, rule="RT10", clauses=("P42", "P60"), label=_("Payment reference")
    ),
    "goods_cents": plain(),
    "shipping_cents": plain(),
    "shipping_vat_rate": plain(),
    "total_cents": plain(),
    "vat_cents": plain(),
    "books_year_end": plain(),
    "contact_erased_at": plain(),
    "extras_erased_at": plain(),
    "person_erased_at": plain(),
    "archive_asked_at": plain(),
}
ORDER_LINE: dict[str, Declaration] = {
    "id": plain(),
    "public_id": plain(),
    "order": plain(),
    "product": plain(),
    "kind": one_of_few,
    "title": not_personal("what the studio sells, as it was called on the day"),
    "quantity": plain(),
    "unit_cents": plain(),
    "total_cents": plain(),
    "vat_rate": plain(),
    "vat_cents": plain(),
    "placed_at": plain(),
    "photo_ref": extra(label=_("Which photo"), access=False),
    "photo_label": extra(label=_("Photo")),
    "crop": extra(label=_("How the photo is cut")),
    "assignment": extra(label=_("Assignment"), access=False),
    "extras_erased_at": plain(),
}
ORDER_FILE: dict[str, Declaration] = {
    "id": plain(),
    "public_id": plain(),
    "line": plain(),
    "purpose": one_of_few,
    "stored": ordered(
        category=Category.IMAGE,
        # A guest's own, or with the account that keeps it.
        rule=("RT09", "RT29", "RT11", "RT11.late"),
        clauses=("P36", "P39", "P51"),
        label=_("Copy of an ordered photo"),
        recipients=(Recipient.HOST, Recipient.PRINT_LAB),
        portability=True,
    ),
    "kept_from": plain(),
    "account": plain(),
}
ORDER_MOVE: dict[str, Declaration] = {
    "id": plain(),
    "order": plain(),
    "before": one_of_few,
    "after": one_of_few,
    "at": plain(),
    "placed_at": plain(),
    "by": personal(
        whose=Whose.STAFF,
        category=Category.WORK,
        purpose=Purpose.DELIVERY,
        basis=Basis.LEGITIMATE_INTEREST,
        rule="RT08.move",
        clauses=("P08", "P55"),
        label=_("Order moved by"),
        recipients=(Recipient.HOST,),
    ),
}
PAYMENT: dict[str, Declaration] = {
    "id": plain(),
    "public_id": plain(),
    "order": plain(),
    "provider": one_of_few,
    "reference": ordered(
        category=Category.PAYMENT,
        rule="RT10.payment",
        clauses=("P42", "P60"),
        label=_("Reference of the payment"),
        recipients=(Recipient.HOST, Recipient.PAYMENT_PROVIDER),
    ),
    "amount_cents": plain(),
    "status": one_of_few,
    "created_at": plain(),
    "settled_at": plain(),
    "books_year_end": plain(),
    "reference_erased_at": plain(),
}
PAYMENT_STUB: dict[str, Declaration] = {
    "id": plain(),
    "provider": one_of_few,
    "reference": personal(
        whose=Whose.ORDERER,
        category=Category.PAYMENT,
        purpose=Purpose.BOOKS,
        basis=Basis.LEGITIMATE_INTEREST,
        rule="RT06.stub",
        clauses=("P55",),
        label=_("Payment reference of an unpaid order"),
        recipients=(Recipient.HOST,),
    ),
    "amount_cents": plain(),
    "created_at": plain(),
}
REPAYMENT: dict[str, Declaration] = {
    "id": plain(),
    "why": one_of_few,
    "order": plain(),
    "provider": one_of_few,
    "reference": personal(
        whose=Whose.ORDERER,
        category=Category.PAYMENT,
        purpose=Purpose.BOOKS,
        basis=Basis.LEGAL_DUTY,
        rule="RT10.repayment",
        clauses=("P42", "P60"),
        label=_("Reference of a payment to pay back"),
        recipients=(Recipient.HOST, Recipient.PAYMENT_PROVIDER),
    ),
    "amount_cents": plain(),
    "arrived_at": plain(),
    "done_at": plain(),
    "books_year_end": plain(),
}
DISCLOSURE: dict[str, Declaration] = {
    "id": plain(),
    "order": plain(),
    "recipient": ordered(
        category=Category.ORDER, rule="RT21.order", clauses=("P82", "P85"), label=_("Who received data of your order")
    ),
    "what": ordered(category=Category.ORDER, rule="RT21.order", clauses=("P82", "P85"), label=_("What they received")),
    "at": ordered(category=Category.ORDER, rule="RT21.order", clauses=("P82", "P85"), label=_("Received on")),
    "books_year_end": plain(),
}
INVOICE_CORRECTION: dict[str, Declaration] = {
    "id": plain(),
    "invoice": plain(),
    "asked_at": plain(),
    "done_at": plain(),
}
INVOICE: dict[str, Declaration] = {
    "id": plain(),
    "number": not_personal("a running number; name and address stand on the order, and go there"),
    "order": plain(),
    "issued_at": plain(),
    "total_cents": plain(),
    "vat_cents": plain(),
}
INVOICE_SERIES: dict[str, Declaration] = {"year": plain(), "last_number": plain()}
DEMO_PAYMENT: dict[str, Declaration] = {
    "id": plain(),
    "reference": not_personal("a random name of a payment without money"),
    "amount_cents": plain(),
    "status": one_of_few,
    "description": not_personal("the number of an order, random"),
    "return_url": not_personal("our own address, with the public id of an order"),
    "created_at": plain(),
}
