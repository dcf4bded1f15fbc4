"""What no log line may hold, whoever writes it."""

import logging
import re

# A link in a mail proves by itself that its reader may see an order, has an address or may choose a new password, and
# Django names the path of each 404.
_PROOF = re.compile(r"(/bestelling/via/|/account/bevestigen/|/account/adres/|/account/wachtwoord/nieuw/)[^/\s]+")


class WithoutProofs(logging.Filter):
    """Takes proofs out of addresses, as the web server's own log does (`deploy/nginx/site.conf.template`)."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _without(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_without(arg) for arg in record.args)
        return True


def _without(part: object) -> object:
    return _PROOF.sub(r"\1-", part) if isinstance(part, str) else part
