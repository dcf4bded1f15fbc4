"""The demo's orders, each taken through the shop's own actions up to the state it should be in."""

from datetime import datetime, timedelta

from accounts.models import User
from galleries.access import OpenCode
from galleries.models import LoginCode, Photo
from shop import actions
from shop.actions.demo import decide_demo_payment
from shop.actions.orders import Buyer, Choices, Form
from shop.basket import read_basket
from shop.models import DraftLine, Order, Payment, Product
from shop.states import State

from .studio import COLLEAGUES, SHOOTS, WARES, Purchase

# How long after placing an order arrives at each state.
_AFTER = {
    State.PAID: timedelta(minutes=4),
    State.IN_PRODUCTION: timedelta(days=1),
    State.SHIPPED: timedelta(days=3),
    State.DELIVERED: timedelta(days=5),
}
_STEPS = (State.PLACED, State.PAID, State.IN_PRODUCTION, State.SHIPPED, State.DELIVERED)


def find_order(purchase: Purchase) -> Order | None:
    """The order of this buyer, if it was placed before."""
    return Order.objects.filter(email=purchase.buyer.email).first()


def order(purchase: Purchase, *, now: datetime) -> Order:
    """Fill the basket of the buyer's code and place the order, at the moment the studio's story says."""
    at = now - purchase.placed_ago
    code = _code(purchase)
    photos = list(Photo.objects.opened_by(subject_id=code.subject_id, group_id=code.group_id).order_by("id"))
    for place, key, quantity in purchase.lines:
        title = next(ware.title_nl for ware in WARES if ware.key == key)
        product = Product.objects.get(title_nl=title)
        if not DraftLine.objects.filter(draft__code_id=code.id, photo=photos[place], product=product).exists():
            actions.add_line(
                code=code,
                entered_at=at,
                photo_id=photos[place].public_id,
                product_id=product.public_id,
                quantity=quantity,
                now=at,
            )
    return _place(purchase, code, at=at)


def bring_to_state(placed: Order, purchase: Purchase, *, now: datetime) -> None:
    """Take the order along the table, step by step, by those who take it there in real life."""
    desk = User.objects.get(email=COLLEAGUES[0].email)
    while _STEPS.index(State(placed.state)) < _STEPS.index(purchase.state):
        after = _STEPS[_STEPS.index(State(placed.state)) + 1]
        at = min(placed.placed_at + _AFTER[after], now)
        if after == State.PAID:
            placed = _pay(placed, by=desk, at=at)
        else:
            placed = actions.move_order(order_id=placed.pk, after=after, by=desk, now=at)


def _pay(placed: Order, *, by: User, at: datetime) -> Order:
    if placed.payment_method == "transfer":
        reference = placed.payment_reference or ""
        return actions.record_transfer(reference=reference, amount_cents=placed.total_cents, by=by, now=at)
    actions.start_payment(order_id=placed.pk, method=placed.payment_method, now=at)
    payment = placed.payments.get()
    decide_demo_payment(reference=payment.reference, outcome=Payment.Status.PAID, now=at)
    actions.settle_payment(payment_id=payment.pk, now=at)
    placed.refresh_from_db()
    return placed


def _place(purchase: Purchase, code: OpenCode, *, at: datetime) -> Order:
    buyer = purchase.buyer
    basket = read_basket([code.id], now=at)
    return actions.place_order(
        code_ids=[code.id],
        form=Form(token=f"demo-{purchase.number}", viewer="demo", shown=basket.fingerprint),
        buyer=Buyer(
            salutation=buyer.salutation,
            name=buyer.name,
            street=buyer.street,
            postcode=buyer.postcode,
            city=buyer.city,
            email=buyer.email,
            phone=buyer.phone,
            delivery_note=buyer.note,
        ),
        choices=Choices(
            payment_method=purchase.method,
            refused_marketing=False,
            file_consent=basket.has_file,
            file_waiver=basket.has_file,
            language="nl",
        ),
        now=at,
    )


def _code(purchase: Purchase) -> OpenCode:
    plan = next(plan for plan in SHOOTS if purchase.number in {sitter.number for sitter in plan.sitters})
    row = LoginCode.objects.select_related("subject__group", "subject__assignment").get(
        subject__assignment__title=plan.title, subject__number=purchase.number
    )
    subject = row.subject
    return OpenCode(
        id=row.pk,
        public_id=row.public_id,
        subject_id=subject.pk,
        number=subject.number,
        group_id=subject.group_id,
        group_name=subject.group.name if subject.group else "",
        assignment_id=subject.assignment_id,
        revision=subject.assignment.revision,
        expires_at=row.expires_at,
        has_asked=False,
        restrictions=False,
    )
