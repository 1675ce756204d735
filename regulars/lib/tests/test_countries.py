from regulars.lib.countries import country_name


def test_a_country_is_named_in_the_language_of_the_reader() -> None:
    assert country_name("GB", "en") == "United Kingdom"
    assert country_name("gb", "zh-hans") == "英国"
    assert country_name("WS", "zh-hans") == "萨摩亚"


def test_what_is_no_code_is_a_name_already() -> None:
    assert country_name("Schottland", "en") == "Schottland"
    assert country_name("", "zh-hans") == ""
