"""The address that phones open is found where none is given; a certificate answers, or is refused with its reason."""

from __future__ import annotations

import os
import signal
import ssl
import subprocess
import sys
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from capture import network
from capture.check import run as check
from capture.processes import web_command
from capture.settings import Settings
from tests.conftest import make_app
from tests.serving import ROOT, free_port, wait_until

HERE = network.own_address()


@pytest.mark.parametrize(
    ("bind", "secure", "address"),
    [
        ("0.0.0.0:8000", False, f"http://{HERE}:8000"),
        (":80", False, f"http://{HERE}"),
        ("[::]:443", True, f"https://{HERE}"),
        ("127.0.0.1:8000", False, "http://127.0.0.1:8000"),
        ("salle.example:8443", True, "https://salle.example:8443"),
    ],
)
def test_phones_open_this_machine_unless_the_server_listens_at_one_address(
    bind: str, *, secure: bool, address: str
) -> None:
    assert network.opened_at(bind, secure=secure) == address


def test_an_address_that_is_given_stays_wherever_the_server_listens() -> None:
    given = Settings(public_url="https://notes.example")
    assert network.located(given) == given
    assert network.moved(given, "127.0.0.1:9000") == replace(given, bind="127.0.0.1:9000")


def test_an_address_that_was_found_follows_the_server() -> None:
    found = network.located(Settings())
    assert found.public_url == f"http://{HERE}:8000"
    assert network.found(found)
    assert network.moved(found, "127.0.0.1:9000").public_url == "http://127.0.0.1:9000"


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "http://localhost", "http://[::1]:8000"])
def test_an_address_that_no_phone_opens_is_known(address: str) -> None:
    assert network.is_local(address)
    assert not network.is_local("http://192.168.1.20:8000")


@pytest.mark.parametrize(
    ("address", "well", "words"),
    [
        ("http://127.0.0.1:8000", False, "aucun téléphone ne l’ouvrira"),
        ("http://192.168.1.20:8000", True, "Sans https, une page fermée ne se rouvre pas sans réseau"),
        ("https://notes.example", True, "Les codes mènent à https://notes.example."),
    ],
)
def test_the_check_says_what_phones_will_find(address: str, words: str, tmp_path: Path, *, well: bool) -> None:
    settings = Settings(folder=str(tmp_path), public_url=address)
    with make_app(tmp_path).app_context():
        [finding] = [one for one in check(ROOT, settings) if address in one.sentence]
    assert finding.well == well
    assert words in finding.sentence


def files_of(authority: trustme.CA, folder: Path) -> tuple[str, str]:
    issued = authority.issue_cert("127.0.0.1")
    certificate, key = folder / "certificat.pem", folder / "clef.pem"
    certificate.write_bytes(b"".join(part.bytes() for part in issued.cert_chain_pems))
    key.write_bytes(issued.private_key_pem.bytes())
    return str(certificate), str(key)


def test_a_server_with_a_certificate_answers_over_tls_and_leads_phones_there(tmp_path: Path) -> None:
    authority, port = trustme.CA(), free_port()
    certificate, key = files_of(authority, tmp_path)
    settings = Settings(folder=str(tmp_path), bind=f"127.0.0.1:{port}", certificate=certificate, certificate_key=key)
    network.refuse_unreadable(settings)
    assert network.located(settings).public_url == f"https://127.0.0.1:{port}"
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    environment = {**os.environ, "RESTITUTION_FOLDER": str(tmp_path), "RESTITUTION_PUBLIC_URL": ""}
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(web_command(settings), env=environment, cwd=ROOT, stdout=log, stderr=log)
        try:
            opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=trust))
            answer = wait_until(
                lambda: opener.open(f"https://127.0.0.1:{port}/sw.js", timeout=5), process, tmp_path / "log"
            )
            assert answer.status == 200
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


@pytest.mark.parametrize(
    ("missing", "reason"),
    [("certificate_key", "les deux réglages"), ("key file", "No such file"), ("key", "ce ne sont pas un certificat")],
)
def test_a_certificate_that_cannot_serve_stops_the_start_with_its_reason(
    missing: str, reason: str, tmp_path: Path
) -> None:
    certificate, key = files_of(trustme.CA(), tmp_path)
    if missing == "certificate_key":
        key = ""
    elif missing == "key file":
        key += ".absent"
    else:
        Path(key).write_text("rien\n", "utf-8")
    environment = {
        **os.environ,
        "RESTITUTION_FOLDER": str(tmp_path),
        "RESTITUTION_CERTIFICATE": certificate,
        "RESTITUTION_CERTIFICATE_KEY": key,
    }
    command = [sys.executable, "-m", "wsgi", "serve", "--bind", f"127.0.0.1:{free_port()}"]
    stopped = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert stopped.returncode == 1
    assert reason in stopped.stderr
    assert "Sans ces deux réglages, le serveur répond en http." in stopped.stderr
