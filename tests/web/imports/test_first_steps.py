"""What the page of a check asks for first, and what it does not ask where there is no choice."""

import io

import pytest
from services import do_jobs, send

from impact.i18n import words

HEADER = "商家,品名,省,市,县,品类,价格\n"
TEA = "安吉茶社,安吉白茶,浙江省,湖州市,安吉县,茶叶,80\n"
PAGE = "/zh/imports/of/anji"


@pytest.fixture
def sent(app, client):
    """Do what a form asks, the jobs too, and give what came of it."""

    def _sent(address, **form):
        answer = send(client, address, **form)
        do_jobs(app)
        return client.get(answer.location, follow_redirects=True)

    return _sent


def named(content):
    return (io.BytesIO(content.encode()), "名单.csv")


def test_a_file_whose_products_are_in_no_known_column_is_sent_to_its_columns_first(sent):
    check = sent(PAGE, file=named("甲,乙\n安吉茶社,安吉白茶\n")).text

    assert words("imports.unnamed", "zh", column="商品名称") in check
    assert '<a href="#mapping" role="button">' in check
    assert words("imports.none_saved_note", "zh") in check


def test_what_a_file_lacks_is_only_asked_about_where_there_is_a_choice(sent):
    check = sent(PAGE, file=named(HEADER + TEA))
    sent(f"{check.request.path}/save", absent="keep")

    with_errors = sent(
        PAGE, file=named(HEADER + TEA.replace("白茶", "黄茶") + TEA.replace("80", "很便宜"))
    ).text
    without = sent(PAGE, file=named(HEADER + TEA.replace("白茶", "黄茶"))).text

    assert 'value="retire"' not in with_errors
    assert 'name="absent" value="retire"' in without
