"""A device that keeps one passkey, in software: it answers what the browser would have it answer."""

import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

ORIGIN = "http://testserver"


@dataclass
class Device:
    """One key pair; `user` is what the site called its owner."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    user: str = ""
    uses: int = 0

    def register(self, options: dict[str, Any]) -> str:
        """What the device answers to an offer to keep a passkey, as the form sends it."""
        asked = options["publicKey"]
        self.user = asked["user"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())
        kept = AttestedCredentialData.create(b"\0" * 16, self.credential_id, public)
        attested = AttestationObject.create("none", self._data(asked["rp"]["id"], kept), {})
        return self._written(asked, "webauthn.create", {"attestationObject": websafe_encode(bytes(attested))})

    def answer(self, options: dict[str, Any]) -> str:
        """What the device answers to the question whether it is its owner who asks."""
        asked = options["publicKey"]
        data = bytes(self._data(asked["rpId"]))
        said = _client_data(asked, "webauthn.get")
        signature = self.key.sign(data + sha256(said), ec.ECDSA(hashes.SHA256()))
        answer = {
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
            "userHandle": self.user,
        }
        return self._written(asked, "webauthn.get", answer)

    def _data(self, site: str, kept: AttestedCredentialData | None = None) -> AuthenticatorData:
        self.uses += 1
        flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV
        if kept:
            flags |= AuthenticatorData.FLAG.AT
        return AuthenticatorData.create(sha256(site.encode()), flags, self.uses, kept or b"")

    def _written(self, asked: dict[str, Any], kind: str, answer: dict[str, Any]) -> str:
        name = websafe_encode(self.credential_id)
        response = {"clientDataJSON": websafe_encode(_client_data(asked, kind)), **answer}
        return json.dumps(
            {
                "type": "public-key",
                "id": name,
                "rawId": name,
                "response": response,
                "clientExtensionResults": {"credProps": {"rk": True}},
                "authenticatorAttachment": "platform",
            }
        )


def _client_data(asked: dict[str, Any], kind: str) -> bytes:
    assert websafe_decode(asked["challenge"])
    return json.dumps({"type": kind, "challenge": asked["challenge"], "origin": ORIGIN, "crossOrigin": False}).encode()


def kept_passkey(name: str) -> dict[str, Any]:
    """What is stored of a passkey that was added some time ago."""
    options = {"publicKey": {"challenge": websafe_encode(b"0" * 32), "rp": {"id": "testserver"}, "user": {"id": "MQ"}}}
    return {"name": name, "credential": json.loads(Device().register(options))}
