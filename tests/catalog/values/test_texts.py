"""Names, codes, numbers of telephones, links and places: kept as written, unless something is lost."""

import pytest
from catalog.values.cells import codes, refusal, value

from impact.catalog.cells import read_cell
from impact.catalog.columns import BY_NAME, COLUMNS
from impact.catalog.listing import CLEAR
from impact.catalog.values.reading import Reading
from impact.catalog.values.texts import is_plain_code, is_plain_phone, read_code, read_phone


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("安吉白茶", "安吉白茶"),
        (" 安吉白茶 ", "安吉白茶"),
        ("安吉　白茶", "安吉 白茶"),
        ("安吉\u200b白茶", "安吉白茶"),
        ("\ufeff安吉白茶", "安吉白茶"),
        ("Anji  tea", "Anji tea"),
        ("一\n二", "一\n二"),
        ("'=SUM(A1)", "=SUM(A1)"),
        ("'''=x", "''=x"),
    ],
)
def test_names_are_kept_without_what_nobody_sees(text, kept):
    assert value("product", text) == kept


def test_what_cannot_be_kept_is_refused():
    assert refusal("product", "茶" * 201) == "text_too_long"
    assert refusal("product", "茶\ud800") == "text_broken"
    assert refusal("price", "1" * 101) == "text_too_long"
    assert codes("product", "茶\ufffd") == {"text_garbled"}


@pytest.mark.parametrize("text", ["SP0001", "0012", "A-1/2", "SKU_9", "张三-01"])
def test_codes_are_kept_to_the_letter(text):
    assert value("product_code", text) == text


def test_a_code_that_a_spreadsheet_made_a_number_of_is_told_and_never_guessed():
    assert refusal("barcode", "6.93E+12") == "code_in_powers"
    assert refusal("barcode", "6.90123456789e+12") == "code_in_powers"
    assert codes("credit_code", "913305231234567000") == {"code_digits_lost"}
    assert value("product_code", "1001.0") == "1001"
    assert codes("product_code", "1001.0") == {"decimal_dropped"}


@pytest.mark.parametrize("text", ["1月2日", "2026-01-02", "Jan-02", "2-Jan"])
def test_a_code_that_a_spreadsheet_may_have_made_a_date_of_is_doubted(text):
    assert value("product_code", text) == text
    assert codes("product_code", text) == {"code_is_date"}


def test_a_code_of_two_numbers_is_no_date():
    assert codes("product_code", "1-2") == codes("product_code", "2026-13") == set()


@pytest.mark.parametrize(
    "text", ["13800000000", "0572-5000000", "+86 13800000000", "400-800-1234", "5012345"]
)
def test_phone_numbers_are_text(text):
    assert value("phone", text) == text
    assert codes("phone", text) == set()


def test_a_phone_number_that_lost_its_zero_is_doubted():
    assert value("phone", "5725000000") == "5725000000"
    assert codes("phone", "5725000000") == {"phone_unusual"}


@pytest.mark.parametrize("text", ["加微信", "见附件", "12"])
def test_what_is_no_phone_number_is_refused(text):
    assert refusal("phone", text) == "not_a_phone"


@pytest.mark.parametrize("text", ["https://shop.example.com/a?b=1", "http://例子.测试/茶"])
def test_links(text):
    assert value("shop_link", text) == text


@pytest.mark.parametrize(
    "text",
    [
        "www.example.com",
        "javascript:alert(1)",
        "ftp://example.com",
        "抖音搜安吉白茶",
        "https://",
        "http://[",
        "data:,x",
    ],
)
def test_what_is_no_link_of_the_web_is_refused(text):
    assert refusal("shop_link", text) == "not_a_link"


@pytest.mark.parametrize(
    ("text", "adcode"),
    [("330523", "330523"), ("330523.0", "330523"), ("330523000000", "330523"), ("３３０５２３", "330523")],
)
def test_codes_of_divisions(text, adcode):
    assert value("adcode", text) == adcode


@pytest.mark.parametrize("text", ["33052", "3.30523E+11", "安吉", "030523", "330523001002"])
def test_what_is_no_code_of_a_division_is_refused(text):
    assert refusal("adcode", text) == "not_an_adcode"


@pytest.mark.parametrize(
    ("column", "text", "degrees"),
    [
        ("latitude", "30.6386", 30.6386),
        ("latitude", "北纬30.6386°", 30.6386),
        ("latitude", "N30.6386", 30.6386),
        ("latitude", "30°38′19″", 30.638611),
        ("latitude", "30°38'19\"N", 30.638611),
        ("latitude", "30度38分19秒", 30.638611),
        ("latitude", "-12.5", -12.5),
        ("latitude", "12.5S", -12.5),
        ("longitude", "119.6807", 119.6807),
        ("longitude", "东经119°40′50″", 119.680556),
        ("longitude", "119.6807E", 119.6807),
        ("longitude", "5W", -5),
    ],
)
def test_degrees(column, text, degrees):
    assert value(column, text) == pytest.approx(degrees, abs=1e-6)


@pytest.mark.parametrize(("text", "degrees"), [("119.680700049", 119.6807), ("-3.8e-145", 0)])
def test_degrees_are_kept_to_the_centimetre(text, degrees):
    assert str(value("longitude", text)) == str(float(degrees))


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("latitude", "119.68"),
        ("latitude", "东经30"),
        ("longitude", "北纬30"),
        ("longitude", "181"),
        ("latitude", "nan"),
        ("latitude", "安吉"),
        ("latitude", "inf"),
    ],
)
def test_what_are_no_degrees_is_refused(column, text):
    assert refusal(column, text) == "not_degrees"


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
def test_blank_keeps_and_clear_erases_in_every_column(column):
    for blank in ("", "  ", "\u3000", "\n"):
        assert read_cell(column, blank).value is None
        assert read_cell(column, blank).issues == ()
    assert read_cell(column, "__clear__").value is CLEAR


@pytest.mark.parametrize("text", ["-", "——", "/", "不详", "N/A", "无", "暂无"])
def test_what_means_nothing_known_is_blank_and_told(text):
    assert value("price", text) is None
    assert codes("price", text) == {"nothing_said"}


def test_the_text_stays_beside_what_was_made_of_it():
    cell = read_cell(BY_NAME["monthly_capacity"], " 约3万斤 ")

    assert cell.original == " 约3万斤 "
    assert cell.value == {"amount": 15000, "unit": "kg"}


@pytest.mark.parametrize("text", ["91330523MA28", "A1", "007", "123456789012345", "12E", "6E", "x" * 70])
def test_a_plain_code_is_read_as_it_is(text):
    assert is_plain_code(text)
    assert read_code(text, 70) == Reading(text)


@pytest.mark.parametrize("text", ["6.93E+12", "6E12", "1234567890123456", "１２", "A-1", "1.0", "", "Ⅷ"])
def test_a_code_that_needs_a_closer_look_is_not_plain(text):
    assert not is_plain_code(text)


@pytest.mark.parametrize("text", ["13800138000", "057155667788", "4008001234", "12345"])
def test_a_plain_phone_number_is_read_as_it_is(text):
    assert is_plain_phone(text)
    assert read_phone(text, 60) == Reading(text)


@pytest.mark.parametrize("text", ["57155667788", "0571-55667788", "１３８００１３８０００", ""])
def test_a_phone_number_that_needs_a_closer_look_is_not_plain(text):
    assert not is_plain_phone(text)
