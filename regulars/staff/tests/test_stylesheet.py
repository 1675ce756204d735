from django.test import Client
from django.urls import reverse

from regulars.ui.assets import fingerprint


def test_browsers_keep_the_styles_of_this_release(client: Client, db: None):
    answer = client.get(reverse("stylesheet", kwargs={"fingerprint": fingerprint()}))
    assert "immutable" in answer["Cache-Control"]
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert "@import" not in answer.content.decode()


def test_browsers_do_not_keep_styles_under_another_name(client: Client, db: None):
    answer = client.get(reverse("stylesheet", kwargs={"fingerprint": "yesterday"}))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-cache"


def test_scripts_have_the_release_in_their_names(client: Client, db: None):
    page = client.get(reverse("gallery")).content.decode()
    script = f"/static/{fingerprint()}/ui/js/elements.js"
    assert script in page
    answer = client.get(script)
    assert answer.status_code == 200
    assert "immutable" in answer["Cache-Control"]
    answer.close()
