"""What no log line may hold, whoever writes it."""

import logging
import re

# The link in a mail proves by itself what its reader may see, and Django names the path of each 404. A proof is a part
# of an address as `common.links` signs it: value, moment and signature, with a colon between them.
# The key to a new password is the library's, and has its own form.
_PROOF = re.compile(r"(/account/wachtwoord/nieuw/)[^/\s]+|(/)[\w.-]+:[\w-]+:[\w-]{20,}")


class WithoutProofs(logging.Filter):
    """Takes proofs out of addresses, as the web server's own log does (`deploy/nginx/site.conf.template`)."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _without(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_without(arg) for arg in record.args)
        return True


def _without(part: object) -> object:
    return _PROOF.sub(lambda found: f"{found[1] or found[2]}-", part) if isinstance(part, str) else part
