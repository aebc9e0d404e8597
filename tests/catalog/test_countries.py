"""A table of any country's divisions: levels follow from parents, and what cannot be so is named."""

import pytest

from impact.catalog.areas import read_areas
from impact.catalog.divisions import read_former_names, read_regions
from impact.catalog.table import Tables
from impact.model import FormerName, Level, Place

HEADER = "code,name,parent,lat,lon"


def tables(folder, *lines, header=HEADER, names=()):
    (folder / "gazetteer").mkdir(exist_ok=True)
    (folder / "gazetteer" / "divisions.csv").write_text("\n".join((header, *lines)), "utf-8")
    if names:
        text = "\n".join(("old_code,old_name,code", *names))
        (folder / "gazetteer" / "former_names.csv").write_text(text, "utf-8")
    return Tables(folder)


def test_five_columns_are_enough(tmp_path):
    north, vale, ford = read_regions(
        tables(
            tmp_path, "NM-N,Northmark,,61,10", "NM-N-1,Vale,NM-N,,", "NM-N-1A,Birchford,NM-N-1,61.25,10.15"
        )
    )

    assert (north.level, vale.level, ford.level) == (Level.PROVINCE, Level.PREFECTURE, Level.COUNTY)
    assert (north.province, vale.province, ford.province) == ("NM-N", "NM-N", "NM-N")
    assert (north.place, vale.place) == (Place(61, 10), None)
    assert (ford.short_name, ford.macro_region) == ("Birchford", "Northmark")


def test_names_sizes_and_groups_may_be_given(tmp_path):
    given = tables(
        tmp_path,
        "NM-N,Northmark,,61,10,,40000,Cold half,East",
        "NM-N-A,Birch-on-Sea,NM-N,61,10,Birch,900,,",
        header=f"{HEADER},short_name,area_km2,macro_region,economic_region",
        names=("NM-X,Oldtown,NM-N-A", ",The Birch,NM-N-A"),
    )
    _, birch = read_regions(given)

    assert (birch.short_name, birch.macro_region, birch.economic_region) == ("Birch", "Cold half", "East")
    assert read_areas(given) == {"NM-N": 40_000, "NM-N-A": 900}
    assert read_former_names(given) == (
        FormerName("NM-X", "Oldtown", "NM-N-A"),
        FormerName("", "The Birch", "NM-N-A"),
    )


@pytest.mark.parametrize(
    ("lines", "names", "code", "row", "column"),
    [
        (["NM-N,North,,,", "NM-N,Other,,,"], (), "id_repeated", 3, "code"),
        (["NM-N,North,NM-X,,"], (), "id_dangling", 2, "parent"),
        (["NM-N,North,NM-S,,", "NM-S,South,NM-N,,"], (), "division_in_itself", None, None),
        (["NM-N,North,NM-N,,"], (), "division_in_itself", None, None),
        (["north,North,,,"], (), "malformed", 2, "code"),
        (["NM-N,,,,"], (), "cell_empty", 2, "name"),
        (["NM-N,North,,91,"], (), "out_of_range", 2, "lat"),
        (["NM-N,North,,,"], [",Old,NM-X"], "id_dangling", 2, "code"),
    ],
)
def test_what_cannot_be_so_is_named(tmp_path, lines, names, code, row, column):
    given = tables(tmp_path, *lines, names=names)
    read_regions(given)
    told = list(given.issues)
    read_former_names(given)

    issue = (told or given.issues)[0]
    assert (issue.code, issue.row, issue.column) == (code, row, column)


def test_without_such_a_table_the_divisions_are_chinas(data):
    assert len(read_regions(Tables(data))) == 3_212
