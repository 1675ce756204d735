"""Headers in the languages of shops are understood without being told."""

import pytest

from regulars.identify.commerce.public import Product
from regulars.identify.intake.mapping.guessing import guess
from regulars.identify.intake.mapping.order_fields import ORDER_FIELDS
from regulars.identify.intake.models import ImportKind
from regulars.identify.intake.tests.conftest import take_in, work

ROW = ["B-1", "2026-03-01", "OOL", "Oolong", "2", "4.50", "9.00", "K7", "a@example.net"]
KEYS = ("number", "at", "sku", "product", "quantity", "price", "amount", "shop_id", "email")


@pytest.mark.parametrize(
    "header",
    [
        "Bestellnummer;Datum;Artikelnummer;Artikel;Menge;Einzelpreis;Betrag;Kundennummer;E-Mail",
        "Rechnungs-Nr.;Bestelldatum;Art.-Nr.;Bezeichnung;Anzahl;Preis;Betrag;Kunde;E-Mail-Adresse",
        "N° commande;Date;Référence;Désignation;Quantité;Prix unitaire;Montant;Client;Courriel",
        "Pedido;Fecha;Referencia;Producto;Cantidad;Precio unitario;Importe;Cliente;Correo",
        "Ordine;Data;Codice articolo;Descrizione;Quantità;Prezzo;Importo;Codice cliente;E-mail",
        "注文番号;注文日時;商品コード;商品名;数量;単価;小計;顧客番号;メールアドレス",
    ],
)
def test_headers_of_other_languages_are_guessed(header):
    columns = header.split(";")

    assert guess(columns, [ROW], ORDER_FIELDS) == dict(zip(KEYS, columns, strict=True))


GERMAN = """Art.-Nr.;Artikelbezeichnung;Hersteller;Warengruppe;VK brutto;EK netto;Warenart;Lager
T-100;"Oolong, Frühling";Teehaus;Tee/Oolong;12,50 €;4,10 €;Verbrauchsgut;17
K-200;Kanne „Yixing“;Ziegler;Zubehör;1.049,00 €;399,00 €;Gebrauchsgut;2
"""
FRENCH = """Référence;Désignation;Marque;Catégorie;Prix de vente TTC;Prix d'achat;Nature;Prix HT
T-100;Oolong de printemps;Maison;Thés;12,50;4,10;consommable;10,42
K-200;Théière Yixing;Ziegler;Accessoires;1 049,00;399,00;durable;874,17
"""
SPANISH = """Código;Nombre del producto;Marca;Categoría;PVP;Precio de coste;Naturaleza
T-100;Oolong de primavera;Casa;Tés;12,50;4,10;consumible
K-200;Tetera Yixing;Ziegler;Accesorios;1.049,00;399,00;duradero
"""
ITALIAN = """Codice articolo;Descrizione;Produttore;Categoria;Prezzo;Prezzo d'acquisto;Natura
T-100;Oolong di primavera;Casa;Tè;12,50;4,10;consumabile
K-200;Teiera Yixing;Ziegler;Accessori;1.049,00;399,00;durevole
"""
JAPANESE = """商品コード,商品名,メーカー,カテゴリー,販売価格,仕入価格,商品区分
T-100,春の烏龍茶,茶舎,お茶,12.50,4.10,消耗品
K-200,急須,チーグラー,茶器,"1,049.00",399.00,耐久品
"""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "encoding"),
    [
        (GERMAN, "cp1252"), (FRENCH, "utf-8-sig"), (SPANISH, "cp1252"), (ITALIAN, "utf-8"),
        (JAPANESE, "utf-8"), (JAPANESE, "cp932"),
    ],
)  # fmt: skip
def test_a_product_file_of_another_language_comes_in_as_it_is(teahouse, file, encoding):
    type(teahouse).objects.filter(pk=teahouse.pk).update(currency="EUR")
    teahouse.refresh_from_db()

    imported = work(take_in(teahouse, file.encode(encoding), kind=ImportKind.PRODUCTS))

    assert imported.counts["refused"] == 0
    tea, pot = Product.objects.order_by("-sku")
    assert (tea.sku, tea.price_minor, tea.cost_minor, tea.kind) == (
        "T-100", 1250, 410, "consumable",
    )  # fmt: skip
    assert (pot.sku, pot.price_minor, pot.cost_minor, pot.kind) == (
        "K-200", 104_900, 39_900, "durable",
    )  # fmt: skip
    assert all((tea.name, tea.maker, tea.category, pot.name, pot.maker, pot.category))
