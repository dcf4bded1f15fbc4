"""What people type, as it can be stored. Pure."""


def storable(text: str) -> str:
    """`text` without what no database keeps and no page can show: NUL and half characters."""
    return text.replace("\0", "").encode(errors="ignore").decode()
