#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the tables of examples/data/ha-tinh-2020-02.

    tools/make-ha-tinh-data.py UNITS_HISTORY.csv SUCCESSION.csv [--out FOLDER]

Codes and mergers are real, taken from public lists: UNITS_HISTORY.csv (code, name, level, parent, valid_from, valid_to)
and SUCCESSION.csv (old_code, old_name, new_code, new_name, district). The report has its units from
examples/data/viet-nam-2025-07; here it is only checked that they are the same in number.

Invented, with a fixed seed each, and said so in the first line of each file: all *-illustrative.csv but the one below.
Their columns are the facts of the sets under catalogue/; the script stops when they are not.

meeting.csv, resolution-819.csv, departments-illustrative.csv, task-*-illustrative.csv and facilities-illustrative.yaml are
written by hand.
"""
import argparse
import os
import sys
from math import ceil

from ha_tinh_data import budget, households, merged as before, ocop, registers
from ha_tinh_data.common import (ILLUSTRATIVE, NO, NOT_APPLICABLE, SEED, YES, Dice, Tenths, cell, facts_of, read, tenths,
                                 whole, write)

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "examples", "data", "ha-tinh-2020-02")

DAY = "2020-02-25"
MERGED_ON = "2020-01-01"
PROVINCE = "42"


# ------------------------------------------------------------------------------------------------ real units

def on_day(row, day=DAY):
    return row["valid_from"] <= day and (not row["valid_to"] or day < row["valid_to"])


def one_space(name):
    return " ".join(name.split())


def units_on(history, day):
    districts = [r for r in history if r["level"] == "district" and r["parent"] == PROVINCE and on_day(r, day)]
    names = {r["code"]: one_space(r["name"]) for r in districts}
    units = [r for r in history if r["level"] in ("commune", "ward", "township") and r["parent"] in names
             and on_day(r, day)]
    return names, sorted(units, key=lambda r: r["code"])


def expect(what, found, wanted):
    if found != wanted:
        sys.exit("%s: found %s, expected %s" % (what, found, wanted))


def real_units(history, succession):
    names, units = units_on(history, DAY)
    expect("districts", len(names), 13)
    levels = [u["level"] for u in units]
    expect("communes, wards, townships", tuple(levels.count(v) for v in ("commune", "ward", "township")),
           (182, 21, 13))
    olds, news = {r["old_code"] for r in succession}, {r["new_code"] for r in succession}
    expect("old units, new units", (len(succession), len(olds), len(news)), (80, 80, 34))
    _, before = units_on(history, "2019-12-31")
    expect("units the day before the merger", len(before), 262)
    expect("units that went", {u["code"] for u in before} - {u["code"] for u in units}, olds - news)
    now = {u["code"]: one_space(u["name"]) for u in units}
    for row in succession:
        expect("name of " + row["new_code"], one_space(row["new_name"]), now[row["new_code"]])
    return [u for u in units if u["level"] == "commune"], names, news


# ------------------------------------------------------------------------------------------------ communes

# How often an indicator is among what a commune lacks.
HARD = {"2.1": 3, "2.2": 4, "2.3": 3, "2.4": 4, "3.1": 3, "3.2": 1, "4.1": 1, "4.2": 1, "5": 5, "6.1": 4, "6.2": 3,
        "6.3": 4, "7": 1, "8.1": 0.3, "8.2": 0.3, "8.3": 2, "8.4": 1, "9.1": 3, "9.2": 3, "10": 6, "11": 5, "12": 2,
        "13.1": 3, "13.2": 4, "14.1": 1, "14.2": 1, "14.3": 3, "15.1": 4, "15.2": 2, "15.3": 1, "16": 1, "17.1": 5,
        "17.2": 3, "17.3": 3, "17.4": 1, "17.5": 5, "17.6": 3, "17.7": 4, "17.8": 2, "18.1": 2, "18.2": 0.3,
        "18.3": 1, "18.4": 1, "18.5": 2, "18.6": 1, "19.1": 1, "19.2": 2, "1.1": 1, "1.2": 1, "arrears": 2,
        "survey": 1}
UPLAND = {"439", "441", "444", "447"}  # Hương Sơn, Vũ Quang, Hương Khê, Kỳ Anh: more of the hard tail is put there
RARELY_MISSING = {"population", "households", "registered"}
# The classic of exactness: 1.799 of 2.000 is not 90 %, 1.800 is.
PINNED = [{"working-age-able": 2000, "employed": 1799}, {"working-age-able": 2000, "employed": 1800}]


def commune(dice, unit, merged):
    """One commune's facts; what it lacks is drawn first, then everything else fits around it."""
    hard, near = (0.26, 0.26) if unit["parent"] in UPLAND else (0.09, 0.2)
    draw = dice.random()
    if draw < hard:
        lacks = dice.between(6, 15)
    elif draw < hard + near:
        lacks = dice.between(2, 4)
    else:
        lacks = 1 if dice.chance(0.15) else 0
    registered = lacks < 6 or dice.chance(0.4)
    lack = set(dice.pick(HARD, lacks))

    def flag(code):
        return NO if code in lack else YES

    def share(code, total, need, top=1.0):
        return dice.below(total, need) if code in lack else dice.part(total, need, top)

    row = {}
    households = dice.between(1700, 3500) if merged else dice.between(800, 2400)
    population = households * dice.between(340, 390) // 100
    villages = dice.between(11, 20) if merged else dice.between(6, 14)
    row["population"], row["households"], row["villages"] = population, households, villages
    row["plan-approved-published"], row["plan-rules-applied"] = flag("1.1"), flag("1.2")
    for code, roads, good, low, high, need in (
            ("2.1", "commune-roads", "commune-roads-paved", 60, 260, 1.0),
            ("2.2", "village-roads", "village-roads-hardened", 90, 420, 0.7),
            ("2.3", "lanes", "lanes-clean", 110, 520, 1.0),
            ("2.4", "field-roads", "field-roads-passable", 50, 310, 0.7)):
        length = dice.between(low, high)
        row[roads], row[good] = Tenths(length), Tenths(share(code, length, need))
    land = dice.between(2200, 12800)
    row["farmland"], row["farmland-irrigated"] = Tenths(land), Tenths(share("3.1", land, 0.8, 0.98))
    row["disaster-readiness"], row["grid-to-standard"] = flag("3.2"), flag("4.1")
    row["households-electricity"] = share("4.2", households, 0.98)
    schools = dice.between(3, 7) if merged else dice.between(2, 4)
    row["schools"] = schools
    row["schools-to-standard"] = min(schools - 1, dice.below(schools, 0.8)) if "5" in lack else \
        dice.part(schools, 0.8, 1.0)
    row["culture-house-and-sports-ground"], row["play-place"] = flag("6.1"), flag("6.2")
    row["villages-culture-house"] = share("6.3", villages, 1.0)
    market = dice.chance(0.6)
    if "7" in lack:
        row["rural-market"], row["trading-place"] = NO, NO
    elif market:
        row["rural-market"], row["trading-place"] = YES, YES if dice.chance(0.5) else NO
    else:  # none planned, so there is none to rate; goods are sold elsewhere in the commune
        row["rural-market"], row["trading-place"] = NOT_APPLICABLE if dice.chance(0.2) else NO, YES
    for code, name in (("8.1", "postal-point"), ("8.2", "telecom-internet"), ("8.3", "radio-loudspeakers"),
                       ("8.4", "it-in-administration")):
        row[name] = flag(code)
    row["makeshift-houses"] = dice.between(1, 24) if "9.1" in lack else 0
    row["households-housed-to-standard"] = share("9.2", households, 0.8, 0.97)
    row["income-per-person"] = Tenths(dice.between(288, 359) if "10" in lack else dice.between(360, 438))
    row["poor-households"] = dice.part(households, 0.0501, 0.11) if "11" in lack else dice.part(households, 0.012, 0.05)
    able = dice.part(population, 0.5, 0.57)
    row["working-age-able"] = able
    row["employed"] = share("12", able, 0.9, 0.98)
    row["employed-trained"] = share("14.3", row["employed"], 0.4, 0.68)
    row["cooperative-to-law"], row["linkage-model"] = flag("13.1"), flag("13.2")
    row["universal-education"] = flag("14.1")
    leavers = dice.part(population, 0.011, 0.016)
    row["lower-secondary-leavers"], row["leavers-going-on"] = leavers, share("14.2", leavers, 0.85)
    row["insured-people"] = share("15.1", population, 0.85, 0.96)
    row["commune-health-standard"] = flag("15.2")
    children = dice.part(population, 0.065, 0.09)
    row["children-under-5"] = children
    row["children-under-5-stunted"] = dice.part(children, 0.2421, 0.3) if "15.3" in lack else \
        dice.part(children, 0.08, 0.2)
    row["villages-cultural"] = share("16", villages, 0.7)
    hygienic = share("17.1", households, 0.98)
    row["households-hygienic-water"] = hygienic
    row["households-clean-water"] = min(hygienic, dice.part(households, 0.6, 0.9))
    businesses = dice.between(8, 65)
    row["businesses"], row["businesses-environment"] = businesses, share("17.2", businesses, 1.0)
    row["landscape"], row["burial-to-rules"], row["waste-treated"] = flag("17.3"), flag("17.4"), flag("17.5")
    row["households-sanitary"] = share("17.6", households, 0.85, 0.97)
    livestock = dice.part(households, 0.3, 0.6)
    row["livestock-households"], row["livestock-households-sheds"] = livestock, share("17.7", livestock, 0.7, 0.95)
    producers = dice.between(25, 140)
    row["food-producers"], row["food-producers-safe"] = producers, share("17.8", producers, 1.0)
    for code, name in (("18.1", "officials-to-standard"), ("18.2", "bodies-complete"),
                       ("18.3", "party-and-government-strong")):
        row[name] = flag(code)
    row["organisations"], row["organisations-fair"] = 5, 4 if "18.4" in lack else 5
    row["law-access-standard"], row["gender-equality"] = flag("18.5"), flag("18.6")
    row["militia-strong"] = flag("19.1")
    safety = ["no-mass-complaints", "no-grave-crimes", "crime-falling"]
    broken = safety[dice.between(0, 2)] if "19.2" in lack else None
    for name in safety:
        row[name] = NO if name == broken else YES
    row["registered"] = YES if registered else NO
    row["construction-arrears"] = Tenths(dice.between(800, 26000) if "arrears" in lack else 0)
    asked = dice.part(households, 0.6, 0.8)
    row["surveyed-households"] = asked
    row["surveyed-households-satisfied"] = share("survey", asked, 0.8, 0.99)
    return row


def commune_table(communes, merged, out):
    dice = Dice(SEED)
    needed = facts_of("commune-ntm-2016-2020", "commune-ntm-2016-2020.recalled.unverified")
    header, rows, all_facts = None, [], {}
    pins = dict(zip([u["code"] for u in communes if u["parent"] == "442"], PINNED))  # two of Nghi Xuân
    for unit in communes:
        facts = commune(dice, unit, unit["code"] in merged)
        pin = pins.get(unit["code"], {})
        if pin:
            facts.update(pin, **{"employed-trained": 900})
            facts["population"] = max(facts["population"], 3700)
            facts["insured-people"] = max(facts["insured-people"], ceil(facts["population"] * 0.9))
        if header is None:
            header = list(facts)
            if sorted(header) != sorted(needed):
                sys.exit("columns and facts differ: %s" % sorted(set(header) ^ set(needed)))
        check(unit, facts)
        all_facts[unit["code"]] = facts
        # Half of the communes report everything; those merged two months before are behind.
        complete = dice.chance(0.2 if unit["code"] in merged else 0.55)
        gap = 0 if complete else 0.09 if unit["code"] in merged else 0.065
        rows.append([unit["code"]] + ["" if name not in pin and dice.chance(gap / 5 if name in RARELY_MISSING else gap)
                                      else cell(facts[name]) for name in header])
    empty = sum(value == "" for row in rows for value in row)
    write(os.path.join(out, "indicators-illustrative.csv"), [
        ILLUSTRATIVE,
        "Số viết kiểu Việt Nam: 1.799 là một nghìn bảy trăm chín mươi chín, 12,4 là mười hai phẩy bốn. Ô trống: chưa "
        "có số liệu. Cột: mã xã, rồi mã dữ kiện của bộ tiêu chí commune-ntm-2016-2020",
    ], ["code"] + header, rows)
    print("  %.1f %% of the cells empty" % (100 * empty / (len(rows) * len(header))), file=sys.stderr)
    return all_facts


def check(unit, facts):
    """No part above its whole."""
    for part, total in (("commune-roads-paved", "commune-roads"), ("village-roads-hardened", "village-roads"),
                        ("lanes-clean", "lanes"), ("field-roads-passable", "field-roads"),
                        ("farmland-irrigated", "farmland"), ("households-electricity", "households"),
                        ("schools-to-standard", "schools"), ("villages-culture-house", "villages"),
                        ("households-housed-to-standard", "households"), ("poor-households", "households"),
                        ("working-age-able", "population"), ("employed", "working-age-able"),
                        ("employed-trained", "employed"), ("leavers-going-on", "lower-secondary-leavers"),
                        ("insured-people", "population"), ("children-under-5", "population"),
                        ("children-under-5-stunted", "children-under-5"), ("villages-cultural", "villages"),
                        ("households-hygienic-water", "households"),
                        ("households-clean-water", "households-hygienic-water"),
                        ("businesses-environment", "businesses"), ("households-sanitary", "households"),
                        ("livestock-households", "households"), ("food-producers-safe", "food-producers"),
                        ("livestock-households-sheds", "livestock-households"),
                        ("organisations-fair", "organisations"), ("surveyed-households", "households"),
                        ("surveyed-households-satisfied", "surveyed-households")):
        if not 0 <= facts[part] <= facts[total]:
            sys.exit("%s: %s %s of %s" % (unit["code"], part, facts[part], facts[total]))


# ------------------------------------------------------------------------------------------------ gardens

def garden_table(communes, out):
    dice = Dice(SEED + 1)
    header = ["irrigation-system", "advanced-techniques", "safe-products", "garden-output", "key-commodity-output",
              "green-fence-share"]
    if sorted(header) != sorted(facts_of("garden-model-ha-tinh")):
        sys.exit("gardens: columns and facts differ")
    rows = []
    for number in range(1, 41):
        unit = communes[dice.between(0, len(communes) - 1)]
        output = dice.between(420, 2400)
        facts = [YES if dice.chance(0.9) else NO, whole(0 if dice.chance(0.1) else dice.between(1, 4)),
                 YES if dice.chance(0.9) else NO, tenths(output),
                 tenths(dice.below(output, 0.75) if dice.chance(0.2) else dice.part(output, 0.75, 0.95)),
                 tenths(dice.between(550, 799) if dice.chance(0.25) else dice.between(800, 1000))]
        rows.append(["VM-%03d" % number, "Thôn %d" % dice.between(1, 12), unit["code"]]
                    + ["" if dice.chance(0.03) else value for value in facts])
    write(os.path.join(out, "gardens-illustrative.csv"), [
        ILLUSTRATIVE,
        "Vườn và thôn là đặt ra, mã xã là thật. Giá trị tính bằng triệu đồng/năm, hàng rào xanh bằng %. Ô trống: chưa "
        "có số liệu. Cột: mã dữ kiện của bộ garden-model-ha-tinh",
    ], ["garden", "village", "commune"] + header, rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("history")
    parser.add_argument("succession")
    parser.add_argument("--out", default=OUT)
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    succession = read(options.succession)
    communes, districts, merged = real_units(read(options.history), succession)
    facts = commune_table(communes, merged, options.out)
    garden_table(communes, options.out)
    ocop.tables(sorted(districts), options.out)
    households.tables(sorted(districts), options.out)
    registers.tables(communes, succession, MERGED_ON, options.out)
    budget.tables(communes, sorted(districts), merged, options.out)
    before.tables(communes, facts, sorted(districts.items()), PROVINCE, succession, options.out)


if __name__ == "__main__":
    main()
