# SPDX-License-Identifier: Apache-2.0
"""Money of 2020 by commune, component, source and stage; road works with norms; cement; a register of support. All
invented: no such figures of Hà Tĩnh were found in public."""
import os

from .common import ILLUSTRATIVE, SEED, Dice, tenths, whole, write

COMPONENTS = ["đường giao thông", "thủy lợi nội đồng", "nhà văn hóa thôn"]
# Source as reports call it, and its part of a plan in tenths.
SOURCES = [("ngân sách trung ương", 5), ("ngân sách tỉnh", 3), ("dân góp", 2)]
# When how much of a plan is due, in twentieths.
DUE = [("2020-01-31", 4), ("2020-02-20", 3), ("2020-06-30", 6), ("2020-12-31", 7)]
LEDGER = ["unit", "programme", "component", "source", "nature", "stage", "date", "amount"]


def million(number):
    """A number of tenths of a million đồng, as it is written: a whole one without its ",0"."""
    return tenths(number) if number % 10 else whole(number // 10)


def plan_rows(head, source, plan):
    rows, left = [], plan
    for day, part in DUE[:-1]:
        rows.append([*head, source, "vốn đầu tư", "kế hoạch", day, million(plan * part // 20)])
        left -= plan * part // 20
    return rows + [[*head, source, "vốn đầu tư", "kế hoạch", DUE[-1][0], million(left)]]


def commune_rows(dice, code, was_there):
    """One commune: quick or slow as the dice say."""
    rows, slow = [], dice.chance(0.35)
    for component in dice.pick({name: 1 for name in COMPONENTS}, 1 if dice.chance(0.6) else 2):
        head, total = [code, "ntm", component], dice.between(8, 60) * 1000
        for source, part in SOURCES:
            plan = total * part // 10
            if plan % 20:
                plan += 20 - plan % 20
            rows.append([*head, source, "vốn đầu tư", "nhu cầu", "2019-12-20", million(plan * dice.between(10, 16) // 10)])
            rows += plan_rows(head, source, plan)
            allotted = plan * (dice.between(0, 5) if slow else dice.between(6, 10)) // 10
            if allotted:
                rows.append([*head, source, "vốn đầu tư", "phân bổ", "2020-02-%02d" % dice.between(3, 21), million(allotted)])
            for month, day in ((1, "2020-01-31"), (2, "2020-02-20")):
                paid = allotted * (dice.between(0, 2) if slow else dice.between(1, 4)) // 10
                rows.append([*head, source, "vốn đầu tư", "giải ngân", day, "" if dice.chance(0.06) else million(paid)])
                if was_there:
                    rows.append([*head, source, "vốn đầu tư", "giải ngân", day.replace("2020", "2019"),
                                 million(plan * dice.between(0, 3) // 20)])
    return rows


def special_rows(code):
    """What has to be looked at: a correction below 0, and more paid than planned."""
    head = [code, "ntm", "nhà văn hóa thôn"]
    return [[*head, "ngân sách xã", "vốn đầu tư", "kế hoạch", "2020-01-31", "900"],
            [*head, "ngân sách xã", "vốn đầu tư", "phân bổ", "2020-01-31", "900"],
            [*head, "ngân sách xã", "vốn đầu tư", "giải ngân", "2020-01-31", "1.000"],
            [*head, "ngân sách xã", "vốn đầu tư", "giải ngân", "2020-02-20", "-20,5"]]


def ledger(communes, merged, out):
    dice, rows = Dice(SEED + 20), []
    chosen = communes[3::9]
    for unit in chosen:
        rows += commune_rows(dice, unit["code"], unit["code"] not in merged)
    rows += special_rows(chosen[0]["code"])
    write(os.path.join(out, "budget-2020-illustrative.csv"), [
        ILLUSTRATIVE,
        "Vốn năm 2020 của %d xã theo nguồn và giai đoạn; kế hoạch ghi theo ngày phải thực hiện. Triệu đồng, số viết kiểu "
        "Việt Nam. Mã xã là thật. Ô trống: chưa báo cáo" % len(chosen),
    ], LEDGER, rows)
    stage = LEDGER.index("stage")
    write(os.path.join(out, "allotted-2020-illustrative.csv"), [
        ILLUSTRATIVE,
        "Vốn đã phân bổ: các dòng giai đoạn phân bổ của budget-2020-illustrative.csv. Triệu đồng. Ô trống: chưa báo cáo",
    ], ["unit", "component", "source", "amount"], [
        [row[LEDGER.index(name)] for name in ("unit", "component", "source", "amount")]
        for row in rows if row[stage] == "phân bổ"
    ])
    return chosen


# ------------------------------------------------------------------------------------------------ roads and cement

def roads(chosen, out):
    dice, works, supplied = Dice(SEED + 21), [], []
    for unit in chosen:
        for kind in ("trục xã", "ngõ xóm"):
            length = dice.between(3, 45)
            works.append([unit["code"], "đường", kind, "" if dice.chance(0.06) else tenths(length), "km", "2020-01-01"])
            tonnes = length * (60 if kind == "trục xã" else 25) * dice.between(0, 11) // 100
            supplied.append([unit["code"], "giải ngân", "xi măng", whole(tonnes), "tấn", "2020-02-%02d" % dice.between(1, 24)])
    write(os.path.join(out, "road-works-illustrative.csv"), [
        ILLUSTRATIVE, "Khối lượng đường còn phải làm. Ô trống: chưa có số liệu",
    ], ["unit", "work", "class", "quantity", "work_unit", "date"], works)
    write(os.path.join(out, "cement-supplied-illustrative.csv"), [
        ILLUSTRATIVE, "Xi măng đã cấp",
    ], ["unit", "stage", "kind", "quantity", "quantity_unit", "date"], supplied)
    note = "định mức minh họa, không văn bản nào nói vậy"
    write(os.path.join(out, "road-norms-illustrative.csv"), [
        ILLUSTRATIVE, "Định mức cho 1 km: đồng, tấn xi măng",
    ], ["work", "class", "resource", "work_unit", "amount", "resource_unit", "citation"], [
        ["đường", "trục xã", "money", "km", "1.800.000.000", "", note],
        ["đường", "ngõ xóm", "money", "km", "650.000.000", "", note],
        ["đường", "trục xã", "xi măng", "km", "310", "tấn", note],
        ["đường", "ngõ xóm", "xi măng", "km", "125,5", "tấn", note],
    ])
    write(os.path.join(out, "road-division-illustrative.csv"), [
        ILLUSTRATIVE, "Ai làm, nguồn nào; tỷ lệ bằng phần trăm của nhu cầu. Trần của nguồn trung ương: 700 triệu đồng cho mỗi km",
    ], ["work", "resource", "source", "doer", "share", "cap", "cap_per", "cap_to", "citation"], [
        ["đường", "money", "central", "tỉnh", "45", "700.000.000", "work", "province", note],
        ["đường", "money", "province", "tỉnh", "20", "", "", "", note],
        ["đường", "money", "commune", "xã", "15", "", "", "", note],
        ["đường", "money", "people", "thôn", "20", "", "", "", note],
        ["đường", "xi măng", "province", "tỉnh", "100", "", "", "", note],
    ])


# ------------------------------------------------------------------------------------------------ support

def support(districts, out):
    dice, rows = Dice(SEED + 22), []
    for number in range(1, 61):
        programme = "quà Tết" if dice.chance(0.7) else "hỗ trợ thu nhập"
        amount = dice.between(3, 6) * 100000 if programme == "quà Tết" else dice.between(20, 75) * 10000
        rows.append([districts[dice.between(0, len(districts) - 1)], "N-%03d" % number, programme,
                     "2020-01-%02d" % dice.between(6, 22), whole(amount), "suất", "1", "suất"])
    for at in (4, 17):  # entered twice, by another district
        again = list(rows[at])
        again[0] = districts[(districts.index(again[0]) + 1) % len(districts)]
        rows.append(again)
    write(os.path.join(out, "support-register-illustrative.csv"), [
        ILLUSTRATIVE, "Người và số tiền là đặt ra, mã huyện là thật. Đồng. Hai người được ghi hai lần",
    ], ["unit", "person", "programme", "date", "amount", "kind", "quantity", "quantity_unit"], rows)


def tables(communes, districts, merged, out):
    chosen = ledger(communes, merged, out)
    roads(chosen, out)
    support(districts, out)
