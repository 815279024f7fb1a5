# SPDX-License-Identifier: Apache-2.0
"""Model garden (vườn mẫu) of Hà Tĩnh: read from one page, cut; most of it is unknown."""

SET = "garden-model-ha-tinh"
PROGRAMME = "ntm"
LEVEL = "garden"
TIER = "model"
PLACE = "42"
SOURCE = "vuonmau"
SOURCE_WHAT = "questions and answers on the portal of Tân Hương commune (Đức Thọ, Hà Tĩnh); the text is cut"
SOURCE_TRUST = "government"
ISSUER = "Tỉnh Hà Tĩnh"
TITLE_VI = "Bộ tiêu chí vườn mẫu nông thôn mới tỉnh Hà Tĩnh"
TITLE_EN = "Criteria for model gardens, Hà Tĩnh province"

NOTE = """\
Title ours. The act was not seen: neither its number, nor who issued it, nor when it was or is in force. Of five
criteria the source names four and is cut in the fourth. A row without a name or a rule was not read: its verdict is
open, so no garden can be told to have attained. The numbers of the rows are ours; the source says that criterion 1 has
two parts and criterion 4 four."""

OVERLAY_TITLE_VI = "Phần nhớ lại, chưa kiểm chứng, của tiêu chí vườn mẫu Hà Tĩnh"
OVERLAY_TITLE_EN = "What is only recalled of Hà Tĩnh's model gardens: not verified"
OVERLAY_NOTE = "NOT LAW. The name of the fifth criterion is known from memory only. Its figure is not known at all."

FACTS = [
    "2 Techniques",
    ("irrigation-system", "Có hệ thống tưới", "An irrigation system", "flag", None, ""),
    ("advanced-techniques", "Số tiến bộ kỹ thuật được ứng dụng", "Advanced techniques in use", "count", "technique",
     ""),
    "3 Products",
    ("safe-products", "Sản phẩm an toàn", "Products are safe", "flag", None, ""),
    ("garden-output", "Giá trị sản phẩm từ vườn", "Value of what the garden yields", "money", "triệu đồng/năm",
     "least: 0"),
    ("key-commodity-output", "Trong đó: giá trị sản phẩm hàng hóa chủ lực", "Of which key commodities", "money",
     "triệu đồng/năm", "least: 0, part_of: garden-output"),
    "4 Surroundings",
    ("green-fence-share", "Tỷ lệ hàng rào xanh", "Share of the fence that is green", "share", '"%"', ""),
]

# Criterion -> English name, and its indicators: (id, vi, en, rule, note). No name and no rule: not read.
CRITERIA = [
    ("1", "Planning, and carrying out the plan", [
        ("1.1", None, None, None, None),
        ("1.2", None, None, None, None)]),
    ("2", "Use of technical progress", [
        ("2", "Có hệ thống tưới và ít nhất một tiến bộ kỹ thuật",
         "An irrigation system and at least one advanced technique",
         '{all: [{attested: irrigation-system}, [advanced-techniques, ">=", {figure: techniques-least}]]}',
         "Wording ours, after the source.")]),
    ("3", "Products of the garden", [
        ("3", "Sản phẩm an toàn; giá trị sản phẩm hàng hóa chủ lực từ 75% giá trị sản phẩm của vườn",
         "Safe products; key commodities at least 75% of the garden's output",
         '{all: [{attested: safe-products},\n[{ratio: [key-commodity-output, garden-output]}, ">=", '
         '{figure: key-commodity-share}]]}', "Wording ours, after the source.")]),
    ("4", "Environment and landscape", [
        ("4.1", "Hàng rào xanh", "Green fence", '[green-fence-share, ">=", {figure: green-fence-share-least}]',
         "Wording ours, after the source, which does not say of what the 80% is a share."),
        ("4.2", "Cây xanh", "Tree cover", None, "The source is cut here: the figure was not read. Wording ours."),
        ("4.3", None, None, None, None),
        ("4.4", None, None, None, None)]),
    ("5", None, [("5", None, None, None, None)]),
]
# (id, unit, value)
FIGURES = [("techniques-least", "technique", 1), ("key-commodity-share", '"%"', 75),
           ("green-fence-share-least", '"%"', 80)]
# Criterion -> name in the overlay
OVERLAY_CRITERIA = {"5": ("Thu nhập", "Income", "Recalled.")}
