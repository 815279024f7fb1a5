# SPDX-License-Identifier: Apache-2.0
"""What the old communes had before the mergers, what districts and the province report, and reports month by month. All
invented; codes of units, and who became whom, are real."""
import datetime
import os
import sys
from math import floor

from .common import ILLUSTRATIVE, NO, SEED, YES, Dice, Tenths, cell, facts_of, levels_of, write

COMMUNE_SET = ("commune-ntm-2016-2020", "commune-ntm-2016-2020.recalled.unverified")
DISTRICT_SET = "district-ntm-2016-2020"
PROVINCE_SET = "province-ntm-2021-2025"
CLASSES = ["loại III", "loại II", "loại I"]  # of facilities-illustrative.yaml
# Sơn An, one of three that became An Hòa Thịnh: reports nothing. Between what its people are is known from elsewhere.
SILENT = {"18154": [2400, 2900]}

OLD_HEADER = ["population", "households", "poor-households", "households-clean-water", "clean-water-share",
              "income-per-person", "radio-loudspeakers", "linkage-model", "administrative-class", "villages",
              "village-culture-houses", "headquarters", "culture-houses", "health-stations", "sports-grounds"]
OWN = {"clean-water-share", "administrative-class", "village-culture-houses", "headquarters", "culture-houses",
       "health-stations", "sports-grounds"}  # the others are facts of the set in force


# ------------------------------------------------------------------------------------------------ old communes

def split(dice, total, count):
    """A total in parts of unlike size, which add back to it."""
    weights = [0.6 + dice.random() for _ in range(count)]
    parts = [floor(total * weight / sum(weights)) for weight in weights]
    parts[-1] += total - sum(parts)
    return parts


def shares(dice, total, wholes):
    """Parts of wholes at unlike shares, which add up to the total."""
    parts = [floor(whole * (0.45 + 0.54 * dice.random())) for whole in wholes]
    for left in (len(wholes), 1):  # first an even share each of what is over or lacking, then what does not fit
        for at, whole in enumerate(wholes):
            step = (total - sum(parts)) // max(1, left - at)
            parts[at] += max(-parts[at], min(whole - parts[at], step))
    return parts


def town(dice):
    """Townships and wards have no row in the communes' table: theirs are drawn here."""
    households = dice.between(1900, 3600)
    return {"population": households * dice.between(340, 390) // 100, "households": households,
            "poor-households": dice.part(households, 0.012, 0.06),
            "households-clean-water": dice.part(households, 0.75, 0.95), "villages": dice.between(10, 18),
            "radio-loudspeakers": YES if dice.chance(0.8) else NO, "linkage-model": YES if dice.chance(0.8) else NO}


def flags(dice, value, all_of, count):
    """Flags of parts that give the value of the whole: by all of them, or by any."""
    if value == (YES if all_of else NO):
        return [value] * count
    odd = dice.between(0, count - 1)
    return [value if at == odd or dice.chance(0.4) else (YES if all_of else NO) for at in range(count)]


def facilities(dice, villages):
    houses = villages + (dice.between(1, 2) if dice.chance(0.3) else -dice.between(1, 2) if dice.chance(0.4) else 0)
    return {"village-culture-houses": max(0, houses), "headquarters": 1,
            "culture-houses": 1 if dice.chance(0.7) else 0, "health-stations": 1,
            "sports-grounds": 0 if dice.chance(0.5) else 1}


def old_communes(dice, whole, count):
    """The parts of one merged commune: what can be added adds up to what the new one reports."""
    columns = {name: split(dice, whole[name], count) for name in ("population", "villages")}
    columns["households"] = [0] * count
    for at, people in enumerate(columns["population"][:-1]):
        columns["households"][at] = people * whole["households"] // whole["population"]
    columns["households"][-1] = whole["households"] - sum(columns["households"])
    columns["poor-households"] = split(dice, whole["poor-households"], count)
    columns["households-clean-water"] = shares(dice, whole["households-clean-water"], columns["households"])
    columns["radio-loudspeakers"] = flags(dice, whole["radio-loudspeakers"], True, count)
    columns["linkage-model"] = flags(dice, whole["linkage-model"], False, count)
    parts = []
    for at in range(count):
        part = {name: values[at] for name, values in columns.items()}
        part["clean-water-share"] = Tenths((part["households-clean-water"] * 2000 + part["households"])
                                           // (2 * part["households"]))
        part["income-per-person"] = Tenths(dice.between(285, 440))
        part["administrative-class"] = CLASSES[dice.between(0, 1)]
        part.update(facilities(dice, part["villages"]))
        parts.append(part)
    return parts


def old_table(dice, facts, succession, out):
    unknown = set(OLD_HEADER) - OWN - set(facts_of(*COMMUNE_SET))
    if unknown:
        sys.exit("old communes: no facts of the set in force: %s" % sorted(unknown))
    news = {}
    for row in succession:
        news.setdefault(row["new_code"], []).append(row["old_code"])
    rows = []
    for new, olds in news.items():
        for old, part in zip(olds, old_communes(dice, facts.get(new) or town(dice), len(olds))):
            if not 0 < part["households"] <= part["population"] or part["poor-households"] > part["households"]:
                sys.exit("%s: parts above their whole" % old)
            rows.append([old] + ["" if dice.chance(0.02) or old in SILENT else cell(part[name]) for name in OLD_HEADER]
                        + [cell(bound) for bound in SILENT.get(old, ["", ""])])
    write(os.path.join(out, "old-communes-illustrative.csv"), [
        ILLUSTRATIVE,
        "80 đơn vị cũ trước ngày 1/1/2020: mã là thật, số liệu là đặt ra (kể cả dân số của bốn đơn vị có số thật trong "
        "resolution-819.csv). Cộng lại bằng số liệu minh họa của xã mới. Ô trống: chưa có số liệu. Cột: mã dữ kiện của bộ "
        "commune-ntm-2016-2020 và của facilities-illustrative.yaml; population:least, population:most: dân số ít nhất, nhiều "
        "nhất khi không có số báo cáo",
    ], ["code"] + OLD_HEADER + ["population:least", "population:most"], rows)


# ------------------------------------------------------------------------------------------------ districts, province

def district(dice):
    roads, schools, businesses = dice.between(900, 2600), dice.between(3, 7), dice.between(120, 600)
    good = dice.chance(0.6)
    row = {"district-roads": Tenths(roads), "district-roads-to-plan": Tenths(roads if good else dice.below(roads, 1.0)),
           "upper-secondary-schools": schools, "upper-secondary-schools-to-standard": dice.part(schools, 0.5, 1.0),
           "district-hospital-class": "hạng 3 trở lên" if dice.chance(0.9) else "dưới hạng 3",
           "processing-businesses": businesses,
           "processing-businesses-environment": businesses if dice.chance(0.6) else dice.below(businesses, 1.0),
           "construction-arrears": Tenths(0 if dice.chance(0.7) else dice.between(8000, 300000))}
    return row


def district_table(dice, districts, out):
    facts = levels_of(DISTRICT_SET) + levels_of(DISTRICT_SET + ".recalled.unverified")
    rows = []
    for code, name in districts:
        if not name.startswith("Huyện "):
            continue  # the set is for districts; towns and cities have a rule of their own
        known = district(dice)
        rows.append([code] + ["" if dice.chance(0.02) else cell(known[fact]) if fact in known
                              else YES if dice.chance(0.93) else NO for fact, _ in facts])
    write(os.path.join(out, "district-facts-illustrative.csv"), [
        ILLUSTRATIVE,
        "10 huyện: mã là thật, số liệu là đặt ra. Ô trống: chưa có số liệu. Cột: mã dữ kiện của bộ %s" % DISTRICT_SET,
    ], ["code"] + [fact for fact, _ in facts], rows)


def province_table(dice, province, out):
    roads, people = dice.between(21000, 26000), 1300000
    known = {"population": people, "province-scheme-passed": NO, "main-roads": Tenths(roads),
             "main-roads-tree-lined": Tenths(dice.part(roads, 0.5, 0.69)),
             "public-green-space": Tenths(10 * people * 4 + 10 * dice.between(100000, 900000)), "sipas": ""}
    facts = [fact for fact, _ in levels_of(PROVINCE_SET)]
    write(os.path.join(out, "province-facts-illustrative.csv"), [
        ILLUSTRATIVE,
        "Mã tỉnh là thật, số liệu là đặt ra, để thử bộ %s. Ô trống: chưa có số liệu" % PROVINCE_SET,
    ], ["code"] + facts, [[province] + [cell(known[fact]) for fact in facts]])


# ------------------------------------------------------------------------------------------------ reports by month

MONTHS = ["2019-11", "2019-12", "2020-01", "2020-02"]
REPORTED = ["poor-households", "households-clean-water", "construction-arrears"]
REPORTING = {"442": 3, "443": 3, "445": 3}  # communes of Nghi Xuân, Can Lộc, Thạch Hà
DUE_DAYS = 10


def after(month, days):
    """So many days after the last day of a month."""
    year, number = int(month[:4]), int(month[5:])
    first = datetime.date(year + number // 12, number % 12 + 1, 1)
    return (first + datetime.timedelta(days=days - 1)).isoformat()


def reported_on(dice, month):
    """In time mostly; None: never. February is not over on the day of the meeting: some report before its end."""
    draw = dice.random()
    if month == "2020-02":
        return "2020-02-%02d" % dice.between(19, 24) if draw < 0.4 else None
    if draw < 0.09:
        return None
    return after(month, dice.between(DUE_DAYS + 1, DUE_DAYS + 14) if draw < 0.25 else dice.between(1, DUE_DAYS))


def said(facts, unit, fact, month, wrong=0):
    """What a commune reports of a month: poor households and arrears fall, clean water rises, up to the facts of today."""
    now, back = facts[unit][fact], len(MONTHS) - 1 - MONTHS.index(month)
    value = now - 6 * back if fact == "households-clean-water" else now + back * -(-now // 60)
    return cell(type(now)(value + wrong))


def month_table(dice, communes, facts, out):
    rows, chosen = [], []
    for parent, count in REPORTING.items():
        chosen += [u["code"] for u in communes if u["parent"] == parent][2:2 + count]
    for unit in chosen:
        for fact in REPORTED:
            now = facts[unit][fact]
            for month in reversed(MONTHS):
                on = reported_on(dice, month)
                if on:
                    rows.append([unit, fact, month, said(facts, unit, fact, month), on])
    # Put there on purpose: corrected in time for the meeting and after it, taken back, said twice.
    def once(unit, fact, month, value, on, *later):
        rows[:] = [r for r in rows if r[:3] != [unit, fact, month]]
        rows.extend([unit, fact, month] + list(pair) for pair in ((value, on),) + later)
    def right(at, fact, month, wrong=0):
        return said(facts, chosen[at], fact, month, wrong)

    poor, water, arrears = REPORTED
    once(chosen[0], poor, "2019-12", right(0, poor, "2019-12", 30), "2020-01-07",
         (right(0, poor, "2019-12"), "2020-02-12"))
    once(chosen[3], water, "2019-12", right(3, water, "2019-12", 180), "2020-01-09",
         (right(3, water, "2019-12"), "2020-02-03"), (right(3, water, "2019-12", 2), "2020-03-06"))
    once(chosen[6], poor, "2019-12", right(6, poor, "2019-12"), "2020-01-06", ("đang cập nhật", "2020-02-20"))
    once(chosen[7], arrears, "2019-11", right(7, arrears, "2019-11"), "2019-12-04",
         (right(7, arrears, "2019-11"), "2019-12-04"))
    rows.sort(key=lambda r: r[4])
    write(os.path.join(out, "monthly-reports-illustrative.csv"), [
        ILLUSTRATIVE,
        "Báo cáo tháng của 9 xã: mã là thật, số liệu và ngày ghi sổ là đặt ra; hạn báo cáo 10 ngày sau khi hết tháng cũng là "
        "giả định. “đang cập nhật”: rút lại số đã báo",
    ], ["unit", "fact", "period", "value", "recorded_on"], rows)


def tables(communes, facts, districts, province, succession, out):
    old_table(Dice(SEED + 7), facts, succession, out)
    district_table(Dice(SEED + 8), districts, out)
    province_table(Dice(SEED + 9), province, out)
    month_table(Dice(SEED + 10), communes, facts, out)
