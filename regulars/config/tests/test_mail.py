"""Where e-mail goes."""

import pytest

from regulars.config.env import BadSetting
from regulars.config.mail import mail


def test_a_submission_port_begins_plain_and_turns_to_tls() -> None:
    way = mail("smtp://crm%40shop:s%3Acret@mail.example.com")

    assert (way.host, way.port, way.user, way.password) == (
        "mail.example.com",
        587,
        "crm@shop",
        "s:cret",
    )
    assert (way.start_tls, way.tls) == (True, False)


def test_smtps_speaks_tls_from_the_start() -> None:
    way = mail("smtps://mail.example.com")

    assert (way.port, way.start_tls, way.tls) == (465, False, True)


def test_a_server_on_this_machine_may_speak_plainly() -> None:
    way = mail("smtp://localhost:25?tls=no")

    assert (way.port, way.start_tls, way.tls) == (25, False, False)


def test_letters_may_be_files() -> None:
    assert mail("file:///tmp/letters").folder == "/tmp/letters"


@pytest.mark.parametrize("url", ["", "mail.example.com", "http://x", "smtp://", "file:"])
def test_anything_else_is_refused_with_examples(url: str) -> None:
    with pytest.raises(BadSetting, match="smtp://user:password@host:587"):
        mail(url)
