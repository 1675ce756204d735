"""Headers in the languages of shops are understood without being told."""

import pytest

from regulars.identify.intake.mapping.guessing import guess
from regulars.identify.intake.mapping.order_fields import ORDER_FIELDS

ROW = ["B-1", "2026-03-01", "OOL", "Oolong", "2", "4.50", "9.00", "K7", "a@example.net"]
KEYS = ("number", "at", "sku", "product", "quantity", "price", "amount", "shop_id", "email")


@pytest.mark.parametrize(
    "header",
    [
        "Bestellnummer;Datum;Artikelnummer;Artikel;Menge;Einzelpreis;Betrag;Kundennummer;E-Mail",
        "Rechnungs-Nr.;Bestelldatum;Art.-Nr.;Bezeichnung;Anzahl;Preis;Betrag;Kunde;E-Mail-Adresse",
        "N° commande;Date;Référence;Désignation;Quantité;Prix unitaire;Montant;Client;Courriel",
        "Pedido;Fecha;Referencia;Producto;Cantidad;Precio unitario;Importe;Cliente;Correo",
    ],
)
def test_headers_of_other_languages_are_guessed(header):
    columns = header.split(";")

    assert guess(columns, [ROW], ORDER_FIELDS) == dict(zip(KEYS, columns, strict=True))
