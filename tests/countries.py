"""A small made-up country, laid out as static/data is, with producers and demand of its own."""

import csv
import json
import shutil

DIVISIONS = """code,name,parent,lat,lon,short_name,area_km2
NM-N,Northmark,,61.0,10.0,,
NM-N-1,Upper Vale,NM-N,61.2,10.1,,
NM-N-1A,Birchford,NM-N-1,61.25,10.15,,900
NM-N-1B,Newton,NM-N-1,61.3,10.4,,700
NM-S,Südmark,,58.0,9.0,,
NM-S-1,Lower Vale,NM-S,58.1,9.1,,
NM-S-1A,Newton,NM-S-1,58.15,9.2,,800
NM-S-1B,Herring Bay,NM-S-1,58.2,9.4,,400
"""
NAMES = "old_code,old_name,code\n,Old Birchford,NM-N-1A\n"
HOMES = ("NM-N-1A", "NM-N-1B", "NM-S-1A", "NM-S-1B")
PROVINCES = ("NM-N", "NM-S")
NUM_PRODUCERS = 80
UNUSED = ("gazetteer", "specialties", "belts", "priority", "coldchain", "seasonality")


def lay_out(data, folder):
    """Lay the country out in `folder`: interests, channels and words as ours, places and people its own."""
    shutil.copytree(data, folder, ignore=lambda _, names: [name for name in names if name in UNUSED])
    (folder / "gazetteer").mkdir()
    (folder / "gazetteer" / "divisions.csv").write_text(DIVISIONS, "utf-8")
    (folder / "gazetteer" / "former_names.csv").write_text(NAMES, "utf-8")
    _rewrite(folder / "demand" / "cn_province_consumption_2019_2024.csv", _peopled)
    _rewrite(folder / "demo" / "producers.csv", _settled)
    _rewrite(folder / "demo" / "category_corrections.csv", lambda rows: [])
    (folder / "demo" / "programme.json").write_text(json.dumps(PROGRAMME), "utf-8")
    return folder


PROGRAMME = {
    "format": "impact-programme/1",
    "programme_id": "first-snow",
    "name": {"zh": "初雪", "en": "First snow"},
    "month": 11,
    "rules": [
        {"id": "north", "kind": "group_floor", "group": {"macro_region": "Northmark"}, "share": 0.4},
        {"id": "everyone", "kind": "producer_floor", "of_capacity": 0.05},
    ],
    "seed": 0,
}


def _rewrite(path, change):
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file)
        header, rows = lines.fieldnames, change(list(lines))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _peopled(rows):
    in_year = [row for row in rows if row["year"] == "2023"][: len(PROVINCES)]
    return [row | {"province_adcode": code} for row, code in zip(in_year, PROVINCES, strict=True)]


def _settled(rows):
    seats = {line["code"]: line for line in csv.DictReader(DIVISIONS.splitlines())}
    spread = rows[:: len(rows) // NUM_PRODUCERS][:NUM_PRODUCERS]
    homes = [HOMES[number % len(HOMES)] for number in range(len(spread))]
    return [
        row | {"adcode": home, "lat": seats[home]["lat"], "lng": seats[home]["lon"]}
        for row, home in zip(spread, homes, strict=True)
    ]
