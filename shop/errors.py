"""What can go wrong in the shop in a way the visitor should read: each error carries its sentence."""


class ShopError(Exception):
    """An anticipated refusal. `message` is a translated sentence that names the reason and the way on."""

    def __init__(self, message: str) -> None:
        super().__init__(type(self).__name__)
        self.message = message
