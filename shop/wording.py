"""The text of the button that places the order. Only what stands on the button counts (L23), so it is not in a
catalogue where a translation could soften it: it stands here, is shown from here, and is frozen into the order.
"""

BUTTON_TEXTS = {
    "nl": "Bestelling met betalingsverplichting",
    "en": "Order with obligation to pay",
}


def button_text(language: str) -> str:
    """The button's text in this language; Dutch for any other."""
    return BUTTON_TEXTS.get(language[:2], BUTTON_TEXTS["nl"])
