# SPDX-License-Identifier: Apache-2.0
"""Registers of acts: which villages signed up for model residential areas, which communes were recognised. All
invented but the mergers."""
import os
import sys

from .common import ILLUSTRATIVE, SEED, Dice, facts_of, tenths, write

VILLAGE_SET = "residential-area-model-ha-tinh"
HEADER = ["unit", "status", "class", "kind", "date", "number", "successor", "until"]
REACKNOWLEDGED = 4     # of the merged units, in February 2020


def day(dice, first_year, last_year):
    return "%d-%02d-%02d" % (dice.between(first_year, last_year), dice.between(1, 12), dice.between(1, 28))


def villages(dice, communes, out):
    """Some signed up in time, one only after the meeting, one gave up; the others did not sign up."""
    if facts_of(VILLAGE_SET) != ["green-fence-share"]:
        sys.exit("villages: columns and facts differ")
    rows, acts = [], []
    for number in range(1, 61):
        unit = communes[dice.between(0, len(communes) - 1)]
        fence = dice.between(520, 699) if dice.chance(0.25) else dice.between(700, 1000)
        if number <= 3:
            fence = (700, 699, 701)[number - 1]  # on the line and beside it
        village = "TH-%02d" % number
        rows.append([village, "Thôn %d" % dice.between(1, 14), unit["code"], "" if dice.chance(0.08) else tenths(fence)])
        if dice.chance(0.75):
            on = "2020-03-02" if len(acts) == 11 else "2020-01-%02d" % dice.between(2, 31) if dice.chance(0.7) else \
                "2020-02-%02d" % dice.between(1, 21)
            acts.append([village, VILLAGE_SET, "", "registered", on, "", "", ""])
    acts.append([acts[4][0], VILLAGE_SET, "", "withdrawn", "2020-02-24", "", "", ""])
    write(os.path.join(out, "villages-illustrative.csv"), [
        ILLUSTRATIVE,
        "Thôn là đặt ra, mã xã là thật. Hàng rào xanh tính bằng %%. Ô trống: chưa có số liệu. Cột: mã dữ kiện của bộ %s"
        % VILLAGE_SET,
    ], ["village", "name", "commune", "green-fence-share"], rows)
    write(os.path.join(out, "village-register-illustrative.csv"), [
        ILLUSTRATIVE, "Thôn đăng ký xây dựng khu dân cư kiểu mẫu: ngày đăng ký là đặt ra",
    ], HEADER, acts)


def recognised(dice, unit, chance, number):
    """The act by which a commune was recognised under the set of its time; none for the others."""
    if not dice.chance(chance):
        return []
    on = day(dice, 2013, 2019)
    status = "commune-ntm-2016-2020" if on >= "2016-12-01" else "commune-ntm-2010-2020"
    return [[unit, status, "", "recognised", on, "minh họa %d" % number, "", ""]]


def commune_register(dice, communes, succession, merged_on, out):
    """A code is no identity: a part whose code the new unit took is written as merged into its own code."""
    mergers = [[row["old_code"], row["new_code"]] for row in succession]
    acts, news = [], {new for _, new in mergers}
    parts = [row["old_code"] for row in succession if row["old_name"].startswith("Xã ")]  # no townships, no wards
    for unit in [u["code"] for u in communes if u["code"] not in news] + parts:
        acts += recognised(dice, unit, 0.55, len(acts) + 1)
    statuses = {act[0]: act[1] for act in acts}
    acts += [[old, "", "", "merged", merged_on, "819/NQ-UBTVQH14", new, ""] for old, new in mergers]
    waiting = sorted({(new, statuses[old]) for old, new in mergers
                      if statuses.get(old) == "commune-ntm-2016-2020"})
    for unit, status in waiting[2:2 + REACKNOWLEDGED]:
        acts.append([unit, status, "", "re-acknowledged", "2020-02-%02d" % dice.between(3, 20),
                     "minh họa %d" % (len(acts) + 1), "", ""])
    write(os.path.join(out, "commune-register-illustrative.csv"), [
        ILLUSTRATIVE,
        "Sáp nhập (merged) là thật, theo Nghị quyết 819/NQ-UBTVQH14; quyết định công nhận và công nhận lại là đặt ra, mã "
        "xã là thật",
    ], HEADER, acts)


def tables(communes, succession, merged_on, out):
    villages(Dice(SEED + 5), communes, out)
    commune_register(Dice(SEED + 6), communes, succession, merged_on, out)
