#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the tables of examples/data/viet-nam-2025-07: all units of the country in time, and what became of them.

    tools/make-national-data.py FOLDER [--out FOLDER]

FOLDER holds the published lists, as their README there names them: units_history_2004_2025.csv, units_2025-06.csv,
units_2025-07.csv, succession_2025-07.csv, hatinh_succession_2020-01.csv.

What is done to them, and nothing else (the script stops where it does not fit):
- Rows of the history that are still valid end on 2025-07-01, and the units of the new list begin on that day.
- Twelve communes that the history brings back on 2024-12-01 or 2025-01-01, years after they had merged, are left out:
  the official list of June 2025 does not have them. So are their twelve edges.
- The lists call every unit below the province "district": its level is taken from the first word of its name. A
  "Thành phố" of a province is a town, one without a parent a city.
- Edges of five island districts have codes of districts: they are given their level.
- Areas and populations are copied as published, defects included.
"""
import argparse
import csv
import os
import sys

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "examples", "data", "viet-nam-2025-07")

REFORM = "2025-07-01"
HA_TINH = "2020-01-01"
RUNGS = {"province": 1, "district": 2, "commune": 3, "ward": 3, "township": 3, "special_zone": 3}
WORDS = {"huyện": "district", "quận": "urban-district", "thị xã": "town", "thành phố": "town"}

SOURCE_UNITS = ("Nguồn: danh mục hành chính của Tổng cục Thống kê, lịch sử theo văn bản (github.com/dvhcvn/data); danh mục "
                "tháng 6/2025 (github.com/tranngocminhhieu/vietnamadminunits); Nghị quyết 1654 đến 1687/NQ-UBTVQH15 "
                "(github.com/dvhcvn/20250701)")
SOURCE_EDGES = ("Nguồn: Nghị quyết 1654 đến 1687/NQ-UBTVQH15 (github.com/dvhcvn/20250701); Nghị quyết "
                "819/NQ-UBTVQH14 (Hà Tĩnh, 1/1/2020)")
SOURCE_FACTS = ("Nguồn: sapnhap.bando.com.vn qua github.com/tranngocminhhieu/vietnamadminunits; ghi nguyên văn như công "
                "bố, kể cả chỗ viết lẫn kiểu số, chỗ trống và “đang cập nhật”")


def read(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def expect(what, found, wanted):
    if found != wanted:
        sys.exit("%s: found %s, expected %s" % (what, found, wanted))


def write(out, name, comment, header, rows):
    with open(os.path.join(out, name), "w", encoding="utf-8", newline="") as file:
        file.write("# %s\n" % comment)
        table = csv.writer(file, lineterminator="\n")
        table.writerow(header)
        table.writerows(rows)


def level_of(row):
    if row["level"] == "special_zone":
        return "special-zone"
    if row["level"] == "province":
        return "city" if row["name"].casefold().startswith("thành phố") else "province"
    if row["level"] != "district":
        return row["level"]
    name = " ".join(row["name"].casefold().split())
    found = [level for word, level in WORDS.items() if name.startswith(word + " ")]
    if len(found) != 1:
        sys.exit("no level for %s" % row["name"])
    return found[0]


def units(folder):
    """Rows of the registry, and the codes of the communes that are left out."""
    history, june, july = (read(folder, "units_%s.csv" % name) for name in ("history_2004_2025", "2025-06", "2025-07"))
    official = {(RUNGS[r["level"]], r["code"]) for r in june}
    rows, left_out = [], []
    for r in history:
        valid_to = r["valid_to"] or REFORM
        if not r["valid_to"] and RUNGS[r["level"]] == 3 and (3, r["code"]) not in official:
            expect("a commune that is not in the official list begins", r["valid_from"] >= "2024-12-01", True)
            left_out.append(r["code"])
            continue
        rows.append([r["code"], r["name"], level_of(r), r["parent"], r["valid_from"], valid_to])
    expect("communes left out", len(left_out), 12)
    still = [r for r in rows if r[5] == REFORM and r[2] in ("commune", "ward", "township")]
    expect("communes, wards, townships before the reform", len(still), 10035)
    new = [[r["code"], r["name"], level_of(r), r["parent"], REFORM, ""] for r in july]
    expect("units of the new list", (len([r for r in new if not r[3]]), len([r for r in new if r[3]])), (34, 3321))
    rows.extend(new)
    rows.sort(key=lambda r: (len(r[0]), r[0], r[4]))
    return rows, set(left_out)


def edges(folder, rows, left_out):
    districts = {r[0] for r in rows if r[2] in WORDS.values() and r[5] == REFORM}
    published = read(folder, "succession_2025-07.csv")
    expect("edges between communes", len([r for r in published if r["level"] == "commune"]), 10604)
    found = []
    for r in read(folder, "hatinh_succession_2020-01.csv"):
        found.append([HA_TINH, r["old_code"], r["new_code"], "commune", "commune", "full"])
    expect("edges of Hà Tĩnh", len(found), 80)
    for r in published:
        if r["level"] == "commune" and r["old_code"] in left_out:
            continue
        old = "district" if r["level"] == "commune" and r["old_code"] in districts else r["level"]
        found.append([REFORM, r["old_code"], r["new_code"], old, r["level"], r["part"]])
    expect("edges of districts", len([r for r in found if r[3] == "district"]), 5)
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--out", default=OUT)
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    rows, left_out = units(options.folder)
    write(options.out, "units.csv", SOURCE_UNITS, ["code", "name", "level", "parent", "valid_from", "valid_to"], rows)
    write(options.out, "succession.csv", SOURCE_EDGES,
          ["on", "old_code", "new_code", "old_level", "new_level", "part"], edges(options.folder, rows, left_out))
    write(options.out, "area-population.csv", SOURCE_FACTS, ["code", "area_km2", "population"],
          [[r["code"], r["area_km2"], r["population"]] for r in read(options.folder, "units_2025-07.csv")
           if r["parent"]])


if __name__ == "__main__":
    main()
