"""One small world with a row of everything, every personal field filled with a word that is found nowhere else."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.actions import object_to_marketing
from accounts.actions.campaigns import Letter as CampaignLetter
from accounts.actions.campaigns import write_campaign
from accounts.mailboxes import PostalAddress
from accounts.models import CampaignMessage, Relation, Suppression, User
from common.periods import local_date, year_end
from complaints.models import Complaint, ComplaintCount, ContactMessage, Letter, ReplyTemplate
from galleries.actions.reminding import leave_address
from galleries.attachments import Attached
from galleries.models import Contact, Extension, HiddenPhoto, LoginCode, Photo, QualityAggregate, Reminder, RemovalCase
from galleries.models.quality import FEWEST_SUBJECTS
from galleries.quality import NAMES
from privacy.models import (
    AddressProof,
    Consent,
    Export,
    OutgoingMail,
    RightsRequest,
    StoredObject,
)
from reviews.models import Review
from shop.models import (
    DemoPayment,
    Disclosure,
    Draft,
    Invoice,
    InvoiceCorrection,
    Order,
    OrderFile,
    OrderLine,
    OrderMove,
    Payment,
    PaymentStub,
    Product,
    Repayment,
)
from tests.accounts.buyers import bought
from tests.galleries.dossier import PDF, write
from tests.galleries.studio import NOW, Studio, code_of, code_row, fill, open_studio, publish

from .account_rows import a_customer
from .world_of_post import complaint_picture, published_review
from .world_of_privacy import a_mail, a_request, an_export, privacy_rows

LONG_AGO = NOW - timedelta(days=400)
IMAGE = b"\xff\xd8\xff\xe0 not decoded by anybody here"

# What stands in the personal fields of an order. Each word names its field.
ORDER_NEEDLES = {
    "salutation": "ndl-salut",
    "name": "ndl-name",
    "street": "ndl-street",
    "postcode": "ndl-zip",
    "city": "ndl-city",
    "email": "ndl-email@example.org",
    "phone": "ndl-phone",
    "delivery_note": "ndl-note",
}


@dataclass
class World:
    """The rows the matrix asks for, by the name the matrix uses."""

    studio: Studio
    photos: dict[str, Photo]
    code: LoginCode
    other_code: LoginCode
    typed: str
    other_typed: str
    order: Order
    old_order: Order
    line: OrderLine
    download: OrderFile
    mail: OutgoingMail
    reminder: Reminder
    customer: User
    rights_request: RightsRequest
    relation: Relation
    case: RemovalCase
    export: Export
    address_proof: AddressProof
    review: Review
    rows: dict[str, int] = field(default_factory=dict)


def make_order(*, number: str, placed_at: datetime, mark: str = "", state: str = "paid") -> Order:
    """A frozen order of one print, with every personal field a needle; `mark` stands in each of them."""
    paid_at = placed_at if state != "placed" else None
    return Order.objects.create(
        **{name: value.replace("ndl-", f"ndl-{mark}") for name, value in ORDER_NEEDLES.items()},
        number=number,
        state=state,
        placed_at=placed_at,
        paid_at=paid_at,
        terms_version="2026-1",
        statement_version="2026-1",
        button_text="Order and pay",
        payment_method="transfer",
        payment_reference=f"REF{number[-6:]}",
        goods_cents=1000,
        shipping_cents=250,
        shipping_vat_rate=2100,
        total_cents=1250,
        vat_cents=217,
        books_year_end=year_end(local_date(placed_at)),
    )


def add_line(order: Order, *, product: Product, photo: Photo | None = None, purpose: str = "print") -> OrderLine:
    """One line with the file that belongs to it."""
    line = OrderLine.objects.create(
        order=order,
        product=product,
        kind=product.kind,
        title=product.title_en,
        quantity=1,
        unit_cents=1000,
        total_cents=1000,
        vat_rate=2100,
        vat_cents=174,
        placed_at=order.placed_at,
        photo_ref=photo.public_id if photo else None,
        photo_label="ndl-photolabel" if photo else "",
        assignment=photo.assignment if photo else None,
    )
    stored = StoredObject.objects.create(
        name=f"ordered/{line.public_id.hex}.jpg", created_at=order.placed_at, attached_at=order.placed_at
    )
    default_storage.save(stored.name, ContentFile(IMAGE))
    OrderFile.objects.create(line=line, purpose=purpose, stored=stored, kept_from=order.paid_at)
    return line


def build_world() -> World:
    """Everything at `NOW`."""
    studio = open_studio()
    photos = fill(studio, content=IMAGE)
    publish(studio)
    code, other = code_row(studio.anna), code_row(studio.chris)
    product = Product.objects.create(
        kind="print", title_nl="Afdruk", title_en="Print", price_cents=1000, width_mm=130, height_mm=180
    )
    order = make_order(number="2026-NEW001", placed_at=NOW - timedelta(days=2))
    line = add_line(order, product=product, photo=photos["anna"])
    bought = add_line(order, product=product, photo=photos["anna"], purpose="download")
    old = make_order(number="2025-OLD001", placed_at=LONG_AGO, mark="old-")
    add_line(old, product=product)
    world = World(
        studio=studio,
        photos=photos,
        code=code,
        other_code=other,
        typed=code_of(studio, studio.anna),
        other_typed=code_of(studio, studio.chris),
        order=order,
        old_order=old,
        line=line,
        download=bought.file,
        mail=a_mail(),
        reminder=leave_address(code_id=code.pk, email="ndl-remindmail@example.org", language="en", now=NOW),
        case=_answered(code),
        relation=_relation(),
        customer=a_customer(other),
        rights_request=(asked := a_request()),
        export=an_export(asked),
        address_proof=AddressProof.objects.create(email="ndl-proofmail@example.org", created_at=NOW),
        review=published_review(old),
    )
    world.rows = {
        "galleries_client": studio.assignment.client_id,
        "galleries_assignment": studio.assignment.pk,
        "galleries_subject": studio.anna.pk,
        "galleries_photo": photos["anna"].pk,
        "galleries_logincode": code.pk,
        "galleries_qualityaggregate": _quality(studio).pk,
        **_client_rows(studio),
        "shop_product": product.pk,
        "shop_order": order.pk,
        "shop_archivedorder": old.pk,
        "privacy_outgoingmail": world.mail.pk,
        **_kept_longer(other),
        "privacy_rightsrequest": world.rights_request.pk,
        "accounts_relation": world.relation.pk,
        "accounts_suppression": _objection(),
        "galleries_removalcase": _asked_away(photos["bram"]).pk,
        "accounts_campaign": _campaign(world.relation),
        "reviews_review": world.review.pk,
        **_shop_rows(order, old, code),
        **_message_rows(order),
        **privacy_rows(studio.staff),
    }
    return world


def _asked_away(photo: Photo) -> RemovalCase:
    """A request that came by phone and waits for a decision."""
    return RemovalCase.objects.create(
        form_token=uuid4(),
        photo=photo,
        channel="phone",
        reference="ndl-remref",
        note="ndl-remnote",
        email="ndl-remmail@example.org",
        received_at=NOW,
        due_on=local_date(NOW),
    )


def _answered(code: LoginCode) -> RemovalCase:
    """What the holder of a code asked before, about a photo that is gone; and what another one hid."""
    HiddenPhoto.objects.create(
        photo=Photo.objects.get(group=code.subject.assignment.groups.latest("pk")),
        code=LoginCode.objects.exclude(subject__group=code.subject.group).latest("pk"),
        hidden_at=NOW,
    )
    return RemovalCase.objects.create(
        form_token=uuid4(),
        code=code,
        note="ndl-remtyped",
        email="ndl-remasker@example.org",
        received_at=LONG_AGO,
        due_on=local_date(LONG_AGO),
        closed_at=NOW,
        decision="deleted",
        explanation="ndl-remwhy",
    )


def _kept_longer(code: LoginCode) -> dict[str, int]:
    consent = Consent.objects.create(
        kind="galleries.keep_longer",
        wording="2026-11",
        about_kind="galleries.subject",
        about_id=code.subject.public_id,
        capacity="representative",
        given_at=NOW,
        ends_at=NOW + timedelta(days=30),
    )
    asked = Extension.objects.create(
        subject=code.subject, code=code, consent=consent, channel="phone", reference="ndl-extref", created_at=NOW
    )
    return {"galleries_extension": asked.pk, "privacy_consent": consent.pk}


def _relation() -> Relation:
    return bought(
        "ndl-relorder",
        email="ndl-relmail@example.org",
        name="ndl-relname",
        address=PostalAddress(street="ndl-relstreet", postcode="ndl-relzip", city="ndl-relcity"),
    )


def _campaign(relation: Relation) -> int:
    letter = CampaignLetter(category="wall", subject_nl="Aan de muur", text_nl="Groot.")
    campaign = write_campaign(form_token=uuid4(), letter=letter, now=NOW)
    CampaignMessage.objects.create(campaign=campaign, relation=relation, written_at=NOW)
    return campaign.pk


def _objection() -> int:
    object_to_marketing(email="ndl-objected@example.org", reason=Suppression.Reason.LINK, now=NOW)
    return Suppression.objects.get().pk


def _shop_rows(order: Order, old: Order, code: LoginCode) -> dict[str, int]:
    end = order.books_year_end
    payment = Payment.objects.create(
        order=order,
        provider="demo",
        reference="ndl-provider-ref",
        amount_cents=1250,
        created_at=NOW,
        books_year_end=end,
    )
    DemoPayment.objects.create(
        reference="demo_ref", amount_cents=1250, description=order.number, return_url="/", created_at=NOW
    )
    OrderMove.objects.create(order=order, placed_at=order.placed_at, before="placed", after="paid", at=NOW)
    invoice = Invoice.objects.create(number="F2026-1", order=order, issued_at=NOW, total_cents=1250, vat_cents=217)
    Disclosure.objects.create(
        order=order, recipient="carrier", what="address", at=NOW, books_year_end=order.books_year_end
    )
    correction = InvoiceCorrection.objects.create(invoice=invoice, asked_at=NOW)
    Invoice.objects.create(number="F2025-1", order=old, issued_at=LONG_AGO, total_cents=1250, vat_cents=217)
    stub = PaymentStub.objects.create(provider="transfer", reference="STUB1", amount_cents=990, created_at=NOW)
    # As the pages show a lapsed order's money; that of an order paid twice stands on the order.
    repayment = Repayment.objects.create(
        why="lapsed", provider="demo", reference="LATE2", amount_cents=990, arrived_at=NOW, books_year_end=end
    )
    Draft.objects.create(code=code, opened_at=NOW)
    return {
        "payment": payment.pk,
        "shop_invoice": invoice.pk,
        "shop_invoicecorrection": correction.pk,
        "shop_paymentstub": stub.pk,
        "shop_repayment": repayment.pk,
    }


def _client_rows(studio: Studio) -> dict[str, int]:
    """Whom we speak to at the client, and what was written."""
    contact = Contact.objects.get()
    words = {"name": "ndl-contactname", "email": "ndl-contactmail@example.org", "phone": "ndl-contactphone"}
    Contact.objects.update(**words, role="ndl-contactrole")
    contact.refresh_from_db()
    message = write(contact, studio.assignment.pk, text="ndl-clienttext", files=(Attached("pdf", PDF),), now=NOW)
    return {
        "galleries_contact": contact.pk,
        "galleries_contactlink": contact.links.get().pk,
        "galleries_assignmentmessage": message.pk,
        "galleries_messageattachment": message.attachments.get().pk,
    }


def _message_rows(order: Order) -> dict[str, int]:
    asked = ContactMessage.objects.create(
        form_token=uuid4(),
        topic="question",
        name="ndl-askname",
        email="ndl-askmail@example.org",
        text="ndl-asktext",
        received_at=NOW,
    )
    Letter.objects.create(message=asked, kind="reply", text="ndl-answer", written_at=NOW)
    case = Complaint.objects.create(
        form_token=uuid4(),
        channel="phone",
        name="ndl-casename",
        email="ndl-casemail@example.org",
        text="ndl-casetext",
        order=order,
        reason="damaged",
        picture=complaint_picture(),
        submitted_at=NOW,
    )
    Letter.objects.create(complaint=case, kind="outcome", text="ndl-told", written_at=NOW)
    template = ReplyTemplate.objects.create(title="Folder", text_nl="{greeting}", text_en="{greeting}")
    counted = ComplaintCount.objects.create(year=2025, channel="phone", outcome="solved", count=3)
    return {
        "complaints_contactmessage": asked.pk,
        "complaints_complaint": case.pk,
        "complaints_complaintcount": counted.pk,
        "complaints_replytemplate": template.pk,
    }


def _quality(studio: Studio) -> QualityAggregate:
    figures = {f"{name}_{figure}": 50 for name in NAMES for figure in ("mean", "spread")}
    return QualityAggregate.objects.create(
        assignment=studio.assignment, measured_at=NOW, subject_count=FEWEST_SUBJECTS, **figures
    )
