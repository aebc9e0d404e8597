"""Of producers on public lists it is presumed that they are ready, and nothing that the lists say."""

import pytest
from applicants import TODAY
from valleys import maker, market, tea

from impact.programmes.dossier import Application, Certificate, Decision, Dossier
from impact.programmes.presumed import presumed


def presumed_of(producer_type, fame):
    green = tea("green", fame=fame)
    return presumed(market([green], [maker(green, type=producer_type)]), TODAY)["green"]


@pytest.mark.parametrize(
    ("producer_type", "fame", "certificate"),
    [
        ("specialty", 1.0, "gi"),  # on a national list of goods known by their origin
        ("specialty", 0.99, "inspection"),
        ("belt", 0.0, "business_licence"),
        ("belt", 1.0, "gi"),
        ("firm", 0.0, "sc"),
        ("publisher", 0.0, "publication_licence"),
        ("craft", 0.0, "business_licence"),
        ("farm", 0.0, "inspection"),  # of a type that no list names
    ],
)
def test_each_is_presumed_to_have_the_certificate_of_its_kind(producer_type, fame, certificate):
    assert presumed_of(producer_type, fame).certificates == (Certificate(certificate),)


def test_all_else_that_a_producer_has_to_do_is_presumed_done_on_the_day():
    yes = Decision(TODAY, accepted=True)

    assert presumed_of("farm", 0.0) == Dossier(
        certificates=(Certificate("inspection"),),
        has_shop=True,
        has_contact=True,
        stated=frozenset({"capacity", "season", "price"}),
        application=Application(TODAY, yes, yes),
    )


def test_of_those_of_whom_something_is_known_nothing_is_presumed():
    catalog = market([tea("green"), tea("black")])

    assert set(presumed(catalog, TODAY)) == {"green", "black"}
    assert set(presumed(catalog, TODAY, but={"green"})) == {"black"}
