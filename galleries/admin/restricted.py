"""Which restrictions hide a row of these lists besides its own: those of all it belongs to (art. 18 GDPR).

One home, so that no list shows the title of an assignment that another one hides.
"""


def through_assignment(way: str) -> dict[str, str]:
    """What hides the assignment that stands at `way` from a row."""
    return {"galleries.assignment": way, "galleries.client": f"{way}__client"}


THROUGH_CLIENT = {"galleries.client": "client"}
THROUGH_ASSIGNMENT = through_assignment("assignment")
THROUGH_SUBJECT = {"galleries.subject": "subject", **through_assignment("subject__assignment")}
THROUGH_CODE = {"galleries.logincode": "code", **THROUGH_SUBJECT}
THROUGH_CONTACT = {"galleries.contact": "contact"}
THROUGH_PHOTO = {
    "galleries.photo": "photo",
    "galleries.subject": "photo__subject",
    "galleries.group": "photo__group",
    "galleries.logincode": "code",
    **through_assignment("photo__assignment"),
}
OF_PHOTO = {"galleries.subject": "subject", "galleries.group": "group", **THROUGH_ASSIGNMENT}
