# SPDX-License-Identifier: Apache-2.0
"""Products of 2020 before the council: one table of products, one table of sheets for each type, and a register of
earlier recognitions. All invented."""
import os
import sys

from .common import ILLUSTRATIVE, NOT_APPLICABLE, SEED, Dice, levels_of, write

YES, NO = "có", "không"
# Type, prefix of its products, what they are called; then the totals of the sheets that are not drawn. 89.5, 69.2 and
# 49.6 lie between two printed bands.
TYPES = [
    ("tea", "CHE", "Chè", [[89, 90, 89, 90, 89, 90], [69, 69, 69, 70, 69]]),
    ("honey", "MAT", "Mật ong", [[50, 49, 50, 49, 50], [73, 75, 74, 76, 72]]),
    ("sauces", "MAM", "Nước mắm", [[78, 80, 77, 81, 79], [91, 92, 90, 93, 91, 92, 90]]),
    ("fresh-vegetables-fruit", "QUA", "Hoa quả tươi", [[71, 72, 70, 71, 72], [85, 88, 89, 87, 86]]),
    ("seafood-products", "SAN", "Hải sản chế biến", [[66, 67, 68, 66, 67], [28, 27, 29, 26, 28]]),
]
PRODUCTS = 7           # of each type
KNOCK_OUTS = ("raw-material-rejected", "hazardous-foreign-matter", "food-safety-certificate-invalid")
# Who knocks out what: {product: {judge: fact}}. All five of one, two of five of another.
KNOCKED_OUT = {
    "SAN-01": {judge: "raw-material-rejected" for judge in range(1, 6)},
    "MAM-01": {2: "food-safety-certificate-invalid", 4: "food-safety-certificate-invalid"},
}
# Cells that nobody filled in: {product: {judge: facts}}.
BLANK = {
    "QUA-01": {3: ["level-6.2"], 5: ["level-6.2", "level-8"]},
    "MAT-02": {1: ["food-safety-certificate-invalid"]},
    "CHE-04": {2: ["level-4.1", "level-10"]},
}
SHARED = ("level-1.", "level-3.")  # what the judges see on paper is the same on all sheets


class Sheet:
    """Levels of one sheet. Points are the levels' names; ladders are climbed step by step up to a total."""

    def __init__(self, dice, ladders, second):
        self.dice, self.ladders, self.second = dice, dict(ladders), second
        self.at = {fact: dice.between(0, len(levels) - 1) for fact, levels in ladders}
        # A story counts from its lowest point on, and what hangs on it only then.
        self.at["level-5.1"] = max(1, self.at["level-5.1"])

    def counted(self):
        left_out = "level-3.2" if self.second else "level-3.2-second"
        return [fact for fact in self.ladders if fact != left_out]

    def total(self):
        return sum(int(self.ladders[fact][self.at[fact]]) for fact in self.counted())

    def climb_to(self, total, shared):
        """Steps ladders up or down until the total is right; those on paper only where nothing is shared yet."""
        facts = [fact for fact in self.counted() if not shared or not fact.startswith(SHARED)]
        for _ in range(20000):
            lacking = total - self.total()
            if lacking == 0:
                return
            fact = facts[self.dice.between(0, len(facts) - 1)]
            lowest = 1 if fact == "level-5.1" else 0
            at = self.at[fact] + (1 if lacking > 0 or self.dice.chance(0.05) else -1)
            if lowest <= at < len(self.ladders[fact]):
                self.at[fact] = at
        sys.exit("no sheet with a total of %d" % total)

    def copy(self):
        other = Sheet(self.dice, list(self.ladders.items()), self.second)
        other.at = dict(self.at)
        return other

    def cell(self, fact):
        if fact == "second-ladder-3.2":
            return YES if self.second else NO
        if fact in KNOCK_OUTS:
            return NO
        if fact == ("level-3.2" if self.second else "level-3.2-second"):
            return NOT_APPLICABLE
        return self.ladders[fact][self.at[fact]]


def totals_of(dice, pinned):
    if pinned is not None:
        return pinned
    target = dice.between(46, 88)
    return [max(30, min(96, target + dice.between(-3, 3))) for _ in range(5)]


def sheets_of(dice, facts, product, totals):
    """The rows of a product, one for each member of the council."""
    base = Sheet(dice, [(fact, levels) for fact, levels in facts if levels], dice.chance(0.25))
    base.climb_to(sum(totals) // len(totals), False)
    rows = []
    for judge, total in enumerate(totals, 1):
        sheet = base.copy()
        sheet.climb_to(total, True)
        cells = {fact: sheet.cell(fact) for fact, _ in facts}
        knocked_out_by = KNOCKED_OUT.get(product, {}).get(judge)
        if knocked_out_by:
            cells[knocked_out_by] = YES
        for fact in BLANK.get(product, {}).get(judge, []):
            cells[fact] = ""
        rows.append([product, "GK-%d" % judge] + list(cells.values()))
    return rows


def register(dice, out):
    """Recognitions of 2019. Months of validity come from the set; two acts name their own last day, one was given up."""
    rows = []
    for kind, prefix, _, _ in TYPES:
        for number in range(1, 5):
            day = "2019-%02d-%02d" % (dice.between(9, 12), dice.between(1, 28))
            rows.append(["%s19-%02d" % (prefix, number), "ocop-%s-2019" % kind, "4" if dice.chance(0.25) else "3",
                         "recognised", day, "minh họa %d" % (len(rows) + 1), "", ""])
    rows[2][7], rows[9][7] = "2020-06-30", "2020-12-31"
    rows.append(rows[5][:2] + ["", "withdrawn", "2020-02-10", "minh họa %d" % (len(rows) + 1), "", ""])
    write(os.path.join(out, "ocop-register-illustrative.csv"), [
        ILLUSTRATIVE,
        "Quyết định công nhận sản phẩm OCOP các năm trước: sản phẩm, số và ngày quyết định là đặt ra. Ô until: ngày hết "
        "hạn ghi trong chính quyết định, nếu có",
    ], ["unit", "status", "class", "kind", "date", "number", "successor", "until"], rows)


def tables(districts, out):
    dice = Dice(SEED + 2)
    products = []
    for kind, prefix, name, pinned in TYPES:
        facts = levels_of("ocop-%s-2019" % kind)
        rows = []
        for number in range(1, PRODUCTS + 1):
            product = "%s-%02d" % (prefix, number)
            code = districts[dice.between(0, len(districts) - 1)]
            products.append([product, "%s số %d" % (name, number), kind, code])
            rows += sheets_of(dice, facts, product,
                              totals_of(dice, pinned[number - 1] if number <= len(pinned) else None))
        write(os.path.join(out, "ocop-sheets-%s-illustrative.csv" % kind), [
            ILLUSTRATIVE,
            "Phiếu chấm của từng thành viên hội đồng. Bậc gọi theo số điểm của bậc; ô trống: chưa chấm. Cột: mã dữ kiện "
            "của bộ ocop-%s-2019" % kind,
        ], ["product", "judge"] + [fact for fact, _ in facts], rows)
    write(os.path.join(out, "ocop-products-illustrative.csv"), [
        ILLUSTRATIVE, "Sản phẩm dự thi năm 2020: tên và chủ thể là đặt ra, mã huyện là thật",
    ], ["product", "name", "type", "district"], products)
    register(dice, out)
