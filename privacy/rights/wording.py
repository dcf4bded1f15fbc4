"""What the pages of a person say about each right, in plain words."""

from django.utils.translation import gettext_lazy as _

from privacy.declarations import Label
from privacy.models import Right

# What the button in the list of rights says.
OFFERED: dict[str, Label] = {
    Right.ACCESS: _("Get everything as one file"),
    Right.PORTABILITY: _("Take your own data along"),
    Right.RECTIFICATION: _("Have something corrected"),
    Right.ERASURE: _("Delete my data"),
    Right.RESTRICTION: _("Have my data left alone for now"),
    Right.OBJECTION: _("Object to what we do"),
}
# What it does, before the button.
EXPLAINED: dict[str, Label] = {
    Right.ACCESS: _(
        "We make one file with everything we hold about you: a page to read, tables, and your photos. That takes a few "
        "minutes; then we mail you a link that works for seven days."
    ),
    Right.PORTABILITY: _(
        "We make one file with what you gave us for an order or with your consent, in a form that another program can "
        "read, and your photos. Then we mail you a link that works for seven days."
    ),
    Right.RECTIFICATION: _(
        "Tell us what is wrong and what it should be. We change it, tell those we passed it on to, and write to you."
    ),
    Right.ERASURE: _("Fetch your files first if you want to keep them: what is deleted cannot be brought back."),
    Right.RESTRICTION: _(
        "We then keep your data, and do nothing with it: nobody sees it, nothing is sent, nothing is deleted. An order "
        "that is under way waits too. You get a message before we use anything again."
    ),
    Right.OBJECTION: _(
        "Mail about similar products stops at once. For anything else we do on the ground of our own interest, we stop "
        "until the privacy owner has weighed your reasons against it."
    ),
}
BUTTONS: dict[str, Label] = {
    Right.ACCESS: _("Make the file"),
    Right.PORTABILITY: _("Make the file"),
    Right.RECTIFICATION: _("Send the correction"),
    Right.ERASURE: _("Delete my data for good"),
    Right.RESTRICTION: _("Leave my data alone for now"),
    Right.OBJECTION: _("Send my objection"),
}
# What is said once it was asked.
RECEIVED: dict[str, Label] = {
    Right.ACCESS: _("We are making your file. You get a mail as soon as it is ready."),
    Right.PORTABILITY: _("We are making your file. You get a mail as soon as it is ready."),
    Right.RECTIFICATION: _("Your correction is with us. You get an answer by mail within a month, mostly sooner."),
    Right.ERASURE: _("Done. We mailed you what was deleted, and what stays and why."),
    Right.RESTRICTION: _("Done. From now on we leave your data alone. We mailed you what that means."),
    Right.OBJECTION: _("Mail about products stops now. About the rest you get an answer within a month."),
}
