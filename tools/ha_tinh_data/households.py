# SPDX-License-Identifier: Apache-2.0
"""Households of the reviews of 2018 and 2019, and people who are supported. All invented."""
import os
import sys

from .common import ILLUSTRATIVE, SEED, Dice, facts_of, whole, write

YES, NO = "có", "không"           # what is asked is whether something is lacking
SET = "household-poverty-2016-2020"
TOWNS = {"436", "437", "449"}      # Thành phố Hà Tĩnh, Thị xã Hồng Lĩnh, Thị xã Kỳ Anh: more of them urban
HOUSEHOLDS = 30                    # of each district
# How often a household of the list lacks what; in the order of the set's facts.
LACKING = {"deprived-adult-education-2016": 0.14, "deprived-child-schooling-2016": 0.04,
           "deprived-health-care-2016": 0.06, "deprived-health-insurance-2016": 0.32,
           "deprived-housing-quality-2016": 0.22, "deprived-housing-area-2016": 0.17, "deprived-water-2016": 0.27,
           "deprived-toilet-2016": 0.41, "deprived-telecom-2016": 0.12, "deprived-information-assets-2016": 0.16}
# On the lines and beside them, in the review of 2019, rural: income and how many indicators are lacking.
PINNED = [(700, 0), (701, 2), (701, 3), (1000, 2), (1000, 3), (1001, 3), (1500, 0), (1501, 0)]


def household(dice, code, number):
    urban = dice.chance(0.7 if code in TOWNS else 0.08)
    income = dice.between(430, 2100)
    if urban:
        income = income * 13 // 10
    # The poorer a household, the more it lacks.
    weight = 1.5 if income < 1000 else 0.9 if income < 1500 else 0.45
    lacks = [fact for fact, chance in LACKING.items() if dice.chance(chance * weight)]
    return {"household": "HO-%s-%03d" % (code, number), "district": code, "area": "urban" if urban else "rural",
            "members": dice.between(1, 6), "income": income, "lacks": set(lacks)}


def year_later(dice, before):
    """Most earn more and lack less; some fall back."""
    after = dict(before)
    after["income"] = before["income"] * dice.between(84, 100) // 100 if dice.chance(0.15) else \
        before["income"] * dice.between(100, 138) // 100
    after["lacks"] = {fact for fact in LACKING
                      if (fact in before["lacks"] and not dice.chance(0.22))
                      or (fact not in before["lacks"] and dice.chance(0.015))}
    return after


def cells(dice, row, gaps):
    facts = ["household-income-per-person"] + list(LACKING)
    values = [whole(row["income"])] + [YES if fact in row["lacks"] else NO for fact in LACKING]
    return [row["household"], row["district"], row["area"], whole(row["members"])] + \
        ["" if gaps and dice.chance(0.02 if fact in LACKING else 0.008) else value for fact, value in zip(facts, values)]


def reviews(dice, districts, out):
    facts = ["household-income-per-person"] + list(LACKING)
    if sorted(facts) != sorted(facts_of(SET)):
        sys.exit("households: columns and facts differ")
    first, second = [], []
    for code in districts:
        for number in range(1, HOUSEHOLDS + 1):
            before = household(dice, code, number)
            after = year_later(dice, before)
            fate = dice.random()
            if fate < 0.96:
                second.append(after)     # the others moved away or are no longer listed
            if fate >= 0.03:
                first.append(before)     # the others were not listed the year before
    rural = [row for row in second if row["area"] == "rural" and row["district"] == districts[5]]
    pinned = {}
    for row, (income, lacks) in zip(rural, PINNED):
        row["income"], row["lacks"] = income, set(list(LACKING)[3:3 + lacks])
        pinned[row["household"]] = True
    for year, rows in ((2018, first), (2019, second)):
        write(os.path.join(out, "households-%d-illustrative.csv" % year), [
            ILLUSTRATIVE,
            "Hộ trong danh sách rà soát cuối năm %d: hộ là đặt ra, mã huyện là thật. Thu nhập tính bằng nghìn "
            "đồng/người/tháng; ở cột deprived-*, “có” là có thiếu hụt. Ô trống: chưa có số liệu. Cột: mã dữ kiện "
            "của bộ %s" % (year, SET),
        ], ["household", "district", "area", "members"] + facts,
            [cells(dice, row, year == 2018 or row["household"] not in pinned) for row in rows])


def people(dice, districts, out):
    """Benefits are whole multiples of 270.000 đồng and halves of it, or none."""
    if sorted(facts_of("person-income-support-ha-tinh")) != ["in-class-of-support", "monthly-benefits"]:
        sys.exit("people: columns and facts differ")
    rows = []
    for number in range(1, 131):
        code = districts[dice.between(0, len(districts) - 1)]
        urban = dice.chance(0.7 if code in TOWNS else 0.08)
        benefits = 0 if dice.chance(0.2) else 135000 * dice.between(2, 6)
        entitled = "" if dice.chance(0.03) else YES if dice.chance(0.85) else NO
        rows.append(["NG-%03d" % number, code, "urban" if urban else "rural", entitled,
                     "" if dice.chance(0.04) else whole(benefits)])
    write(os.path.join(out, "people-illustrative.csv"), [
        ILLUSTRATIVE,
        "Thành viên hộ nghèo được xét hỗ trợ thu nhập: người là đặt ra, mã huyện là thật. Trợ cấp tính bằng "
        "đồng/người/tháng. Ô trống: chưa có số liệu. Cột: mã dữ kiện của bộ person-income-support-ha-tinh",
    ], ["person", "district", "area", "in-class-of-support", "monthly-benefits"], rows)


def tables(districts, out):
    reviews(Dice(SEED + 3), districts, out)
    people(Dice(SEED + 4), districts, out)
