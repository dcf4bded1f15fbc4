"""nginx with our own configuration, really started: it and `galleries.proofs` agree on every address of an image."""

import contextlib
import http.client
import http.server
import os
import shutil
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from string import Template

import pytest

from galleries.proofs import signed_path
from jkreeft.ops.machine import ROOT
from jkreeft.ops.processes import Command, Tree
from jkreeft.ops.servers import _free_port
from tests.ops.programs import wait_for

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
pytestmark = pytest.mark.skipif(
    NGINX is None or shutil.which("openssl") is None, reason="no nginx here; Debian's nginx-light will do"
)
KEY = "k" * 40
VIEWER = "0123456789abcdef" * 2
NAME = f"preview/{'ab' * 16}.jpg"
MAIN = """
daemon off; pid $folder/nginx.pid; error_log $folder/error.log; $user
events {}
http { client_body_temp_path $folder/body; proxy_temp_path $folder/proxy; include $folder/site.conf; }
"""


class Stub(http.server.BaseHTTPRequestHandler):
    """The site, and beside it the store: each tells what it was asked."""

    store = ""

    def do_GET(self) -> None:
        if self.path.startswith("/photos/"):
            is_signed = self.headers["Host"] in self.store and "Signature=" in self.path
            self.answer(200 if is_signed and not self.headers["Cookie"] else 403, b"bytes of the store")
        elif self.path.startswith("/beeld/good"):
            self.send_response(302)
            self.send_header("Location", f"{self.store}/photos/{NAME}?Signature=abc")
            self.end_headers()
        else:
            told = {name: self.headers[name] for name in ("Host", "X-Forwarded-For", "X-Forwarded-Proto")}
            self.answer(404 if self.path.startswith("/beeld/") else 200, str(told).encode())

    def answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Nobody reads it."""


class Site:
    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port

    def get(self, path: str, *, cookie: str | None = VIEWER, **headers: str) -> http.client.HTTPResponse:
        context = ssl.create_default_context(cafile=str(self.folder / "site.crt"))
        connection = http.client.HTTPSConnection("localhost", self.port, context=context, timeout=5)
        all_headers = headers | ({"Cookie": f"viewer={cookie}"} if cookie is not None else {})
        with contextlib.closing(connection):
            connection.request("GET", path, headers=all_headers)
            answer = connection.getresponse()
            answer.text = answer.read()  # type: ignore[attr-defined]
            return answer

    def status(self, path: str, *, cookie: str | None = VIEWER) -> int:
        return self.get(path, cookie=cookie).status

    def log(self) -> str:
        return "".join(file.read_text() for file in self.folder.glob("access-*.log"))


def start_nginx(tree: Tree, folder: Path, images: str, upstream: int) -> Site:
    port = _free_port()
    values = {"SITE_NAME": "localhost", "UPSTREAM": f"127.0.0.1:{upstream}", "RESOLVER": "127.0.0.1"}
    values |= {"CERTIFICATES": str(folder), "LOGS": str(folder), "IMAGES_FROM": f"{folder}/images.conf"}
    values |= {"PHOTOS": f"{folder}/private", "IMAGE_PROOF_KEY": KEY}
    for source, target in (("site", "site"), (f"images-from-{images}", "images")):
        text = (ROOT / "deploy" / "nginx" / f"{source}.conf.template").read_text()
        for name, value in values.items():
            text = text.replace(f"${{{name}}}", value)
        text = text.replace("listen 80;", f"listen 127.0.0.1:{_free_port()};")
        (folder / f"{target}.conf").write_text(text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port} ssl;"))
    user = "user root;" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(Template(MAIN).substitute(folder=folder, user=user))
    tree.start("nginx", [str(NGINX), "-c", folder / "nginx.conf"], env=os.environ, log=folder / "nginx.log")
    site = Site(folder, port)
    assert wait_for(lambda: answers(site), 10), (folder / "nginx.log").read_text()
    return site


def answers(site: Site) -> bool:
    try:
        return site.status("/") > 0
    except OSError:
        return False


@pytest.fixture(scope="module")
def upstream() -> Iterator[int]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Stub) as server:
        Stub.store = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.fixture(scope="module")
def start(upstream: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Site]]:
    with Tree() as tree:

        def begin(images: str) -> Site:
            folder = tmp_path_factory.mktemp(images)
            for name in (NAME, f"original/{'ab' * 16}.jpg"):
                (folder / "private" / name).parent.mkdir(parents=True)
                (folder / "private" / name).write_bytes(b"bytes of " + name.encode())
            files: Command = ["-keyout", folder / "site.key", "-out", folder / "site.crt"]
            about = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
            command: Command = [
                "openssl",
                "req",
                "-x509",
                "-nodes",
                "-days",
                "2",
                "-newkey",
                "rsa:2048",
                *files,
                *about,
            ]
            subprocess.run(command, check=True, capture_output=True)
            return start_nginx(tree, folder, images, upstream)

        yield begin


@pytest.fixture(scope="module")
def from_folder(start: Callable[[str], Site]) -> Site:
    return start("folder")


@pytest.fixture(scope="module")
def from_store(start: Callable[[str], Site]) -> Site:
    return start("store")


def address(*, seconds: int = 300, name: str = NAME, viewer: str = VIEWER, key: str = KEY) -> str:
    last = int(datetime.now(UTC).timestamp()) + seconds
    return signed_path(name, viewer=viewer, last=last, key=key)


def test_an_address_made_in_python_opens_in_nginx(from_folder: Site) -> None:
    answer = from_folder.get(address())
    assert (answer.status, answer.text) == (200, b"bytes of " + NAME.encode())  # type: ignore[attr-defined]
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("seconds", [-1, -3600])
def test_an_address_past_its_last_second_is_gone(from_folder: Site, seconds: int) -> None:
    assert from_folder.status(address(seconds=seconds)) == 404


@pytest.mark.parametrize("cookie", [None, "", "f" * 32, VIEWER + "0", "x" * 32])
def test_a_copied_address_is_worthless_in_another_browser(from_folder: Site, cookie: str | None) -> None:
    assert from_folder.status(address(), cookie=cookie) == 404


def test_an_address_for_no_browser_at_all_opens_nothing(from_folder: Site) -> None:
    assert from_folder.status(address(viewer=""), cookie="") == 404


@pytest.mark.parametrize(
    "path",
    [
        address(key="x" * 40),
        address(seconds=60).replace(NAME, f"preview/{'cd' * 16}.jpg"),
        address(name=f"original/{'ab' * 16}.jpg"),
        address(name=f"preview/../original/{'ab' * 16}.jpg"),
        "/beeld/" + NAME,
        "/beeld/",
        f"/private/{NAME}",
    ],
)
def test_nothing_else_is_ever_sent(from_folder: Site, path: str) -> None:
    answer = from_folder.get(path)
    assert b"bytes of" not in answer.text  # type: ignore[attr-defined]
    assert answer.status == 404 or path.startswith("/private")


def test_a_deleted_photo_is_gone_at_once(from_folder: Site) -> None:
    name = f"thumbnail/{'ef' * 16}.jpg"
    file = from_folder.folder / "private" / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"x")
    path = address(name=name)
    before = from_folder.status(path)
    file.unlink()
    assert (before, from_folder.status(path)) == (200, 404)


def test_the_site_hears_who_asks_and_not_what_they_claim(from_folder: Site) -> None:
    told = from_folder.get("/", **{"X-Forwarded-For": "6.6.6.6", "X-Forwarded-Proto": "http"}).text  # type: ignore[attr-defined]
    assert told == b"{'Host': 'localhost', 'X-Forwarded-For': '127.0.0.1', 'X-Forwarded-Proto': 'https'}"


def test_the_log_holds_half_an_address_no_query_no_proof_and_no_image(from_folder: Site) -> None:
    image = address()
    for path in ("/fotos/?secret=1", "/bestelling/via/proof:of:a-mail/", image):
        from_folder.get(path)
    assert wait_for(lambda: "/bestelling/via/" in from_folder.log())
    log = from_folder.log()
    assert "127.0.0.0 [" in log
    assert " GET /bestelling/via/- 200 " in log
    for secret in ("127.0.0.1", "secret", "a-mail", "beeld", VIEWER):
        assert secret not in log


def test_a_store_is_followed_behind_the_web_server(from_store: Site) -> None:
    answer = from_store.get("/beeld/good")
    assert (answer.status, answer.text) == (200, b"bytes of the store")  # type: ignore[attr-defined]
    assert answer.headers["Location"] is None
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_what_the_site_refuses_the_store_is_not_asked(from_store: Site) -> None:
    assert from_store.status("/beeld/forged") == 404
