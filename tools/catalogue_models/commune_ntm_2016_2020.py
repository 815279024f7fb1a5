# SPDX-License-Identifier: Apache-2.0
"""Commune NTM 2016-2020 (QĐ 1980/QĐ-TTg): fact dictionary, rules and notes."""

SET = "commune-ntm-2016-2020"
PROGRAMME = "ntm"
TIER = "standard"
PLACE = "VN"
TITLE_VI = "Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2016-2020"
TITLE_EN = "National criteria set for new rural communes, 2016-2020"
IN_FORCE_TO = "2020-12-31"
YEARS = ["2016", "2017", "2018", "2019", "2020"]
RECOGNITION_PERIOD = "2016-2020"

NOTE = """\
Only what was read in a named source stands here; the decision itself was not at hand. An indicator without a name or
a rule is a row that nobody has read: its verdict is open. That there are 49 rows, and how they are numbered, was not
read either (19 criteria was: S12, S13). The last day in force is taken from the period in the title, "giai đoạn
2016-2020" (S60); whether the set went on to be used in 2021, until the next one, is not verified. Where only an
English text was read, a note says so: the Vietnamese wording is then not the decision's own."""

OVERLAY_TITLE_VI = "Phần nhớ lại, chưa kiểm chứng, của Bộ tiêu chí xã nông thôn mới giai đoạn 2016-2020"
OVERLAY_TITLE_EN = "What is only recalled of the commune set 2016-2020: not verified"
OVERLAY_NOTE = """\
NOT LAW. Everything here is known from memory only, or from sources that disagree. Regional rows recalled for QĐ
1980/QĐ-TTg were wrong in 3 of 7 regions where they could be checked. Each note says how sure the memory is; that is
itself a guess. Also recalled, and not modelled because it is a step of the procedure and no state of the commune: at
least 90% of the members of the appraisal council must agree (medium). For 13.1, 13.2 and the like a rule 'Đạt' became
an attestation."""

# Comments are printed above the facts that follow. (id, vi, en, kind, unit, rest)
FACTS = [
    "Whole numbers that several indicators share",
    ("population", "Dân số", "Population", "count", "person", "merge: sum"),
    ("households", "Số hộ", "Households", "count", "household", "merge: sum"),
    ("villages", "Số thôn", "Villages", "count", "village", "merge: sum"),
    "1 Planning",
    ("plan-approved-published", "Quy hoạch chung xây dựng xã được phê duyệt và công bố công khai đúng thời hạn",
     "Commune master plan approved and published in time", "flag", None, "merge: reassess"),
    ("plan-rules-applied", "Quy định quản lý quy hoạch đã ban hành và được thực hiện",
     "Plan-management rules issued and applied", "flag", None, "merge: reassess"),
    "2 Transport",
    ("commune-roads", "Đường xã và đường từ trung tâm xã đến đường huyện",
     "Commune roads and roads from the commune centre to the district road", "amount", "km", "merge: sum"),
    ("commune-roads-paved", "Đường xã được nhựa hóa hoặc bê tông hóa", "Of which surfaced with asphalt or concrete",
     "amount", "km", "part_of: commune-roads, merge: sum"),
    ("village-roads", "Đường trục thôn và đường liên thôn", "Main roads of villages and roads between them", "amount",
     "km", "merge: sum"),
    ("village-roads-hardened", "Đường trục thôn và liên thôn ít nhất được cứng hóa", "Of which at least hardened",
     "amount", "km", "part_of: village-roads, merge: sum"),
    ("lanes", "Đường ngõ, xóm", "Lanes", "amount", "km", "merge: sum"),
    ("lanes-clean", "Đường ngõ, xóm sạch và không lầy lội vào mùa mưa", "Of which clean and not muddy in the rains",
     "amount", "km", "part_of: lanes, merge: sum"),
    ("field-roads", "Đường trục chính nội đồng", "Main in-field roads", "amount", "km", "merge: sum"),
    ("field-roads-passable", "Đường trục chính nội đồng đảm bảo vận chuyển hàng hóa thuận tiện quanh năm",
     "Of which good for carrying goods all year", "amount", "km", "part_of: field-roads, merge: sum"),
    "3 Irrigation",
    ("farmland", "Diện tích đất sản xuất nông nghiệp", "Farmland", "amount", "ha", "merge: sum"),
    ("farmland-irrigated", "Diện tích đất sản xuất nông nghiệp được tưới và tiêu nước chủ động",
     "Of which actively irrigated and drained", "amount", "ha", "part_of: farmland, merge: sum"),
    ("disaster-readiness", "Đáp ứng yêu cầu dân sinh và phòng chống thiên tai tại chỗ",
     "Water for daily life and on-the-spot disaster prevention", "flag", None, "merge: reassess"),
    "4 Electricity",
    ("grid-to-standard", "Hệ thống điện đạt chuẩn", "Grid to standard", "flag", None, "merge: all"),
    ("households-electricity", "Số hộ sử dụng điện thường xuyên, an toàn từ các nguồn",
     "Households with regular, safe electricity", "count", "household", "part_of: households, merge: sum"),
    "5 Schools",
    ("schools", "Số trường học các cấp (mầm non, tiểu học, THCS)", "Schools (nursery, primary, lower secondary)",
     "count", "school", "merge: sum"),
    ("schools-to-standard", "Số trường có cơ sở vật chất và thiết bị dạy học đạt chuẩn quốc gia",
     "Of which with facilities to the national standard", "count", "school", "part_of: schools, merge: sum"),
    "6 Cultural facilities",
    ("culture-house-and-sports-ground", "Nhà văn hóa hoặc hội trường đa năng và sân thể thao của xã",
     "Commune culture house or hall, and sports ground, as the province requires", "flag", None, "merge: reassess"),
    ("play-place", "Điểm vui chơi, giải trí và thể thao cho trẻ em và người cao tuổi",
     "Play and sports place for children and the elderly, as the province requires", "flag", None, "merge: reassess"),
    ("villages-culture-house", "Số thôn có nhà văn hóa hoặc nơi sinh hoạt văn hóa, thể thao cộng đồng",
     "Villages with a culture house or meeting place", "count", "village", "part_of: villages, merge: sum"),
    "7 Rural trade",
    ("rural-market", "Có chợ nông thôn", "A rural market", "flag", None, "merge: any"),
    ("trading-place", "Có nơi mua bán, trao đổi hàng hóa", "A place of trade", "flag", None, "merge: any"),
    "8 Information and communications",
    ("postal-point", "Có điểm phục vụ bưu chính", "Postal point", "flag", None, "merge: any"),
    ("telecom-internet", "Có dịch vụ viễn thông, internet", "Telecom and internet", "flag", None, "merge: all"),
    ("radio-loudspeakers", "Có đài truyền thanh và hệ thống loa đến các thôn",
     "Commune radio, and loudspeakers to the villages", "flag", None, "merge: all"),
    ("it-in-administration", "Có ứng dụng công nghệ thông tin trong quản lý, điều hành", "IT used in administration",
     "flag", None, "merge: reassess"),
    "9 Housing",
    ("makeshift-houses", "Số nhà tạm, dột nát", "Makeshift or dilapidated houses", "count", "house", "merge: sum"),
    ("households-housed-to-standard", "Số hộ có nhà ở đạt tiêu chuẩn theo quy định", "Households housed to standard",
     "count", "household", "part_of: households, merge: sum"),
    "10 Income",
    ("income-per-person", "Thu nhập bình quân đầu người", "Income per person", "money", "triệu đồng/người/năm",
     "merge: weighted, merge_weight: population"),
    "11 Poor households",
    ("poor-households", "Số hộ nghèo đa chiều (chuẩn nghèo giai đoạn 2016-2020)",
     "Multidimensionally poor households (standard of 2016-2020)", "count", "household",
     "part_of: households, merge: sum"),
    "12 Employment, and 14.3: both are read as speaking of the same employed people",
    ("working-age-able", "Dân số trong độ tuổi lao động có khả năng tham gia lao động",
     "People of working age who are able to work", "count", "person", "part_of: population, merge: sum"),
    ("employed", "Số người có việc làm", "Of which employed", "count", "person",
     "part_of: working-age-able, merge: sum"),
    ("employed-trained", "Số lao động có việc làm qua đào tạo", "Of the employed: trained", "count", "person",
     "part_of: employed, merge: sum"),
    "13 Organisation of production",
    ("cooperative-to-law", "Có hợp tác xã hoạt động theo Luật Hợp tác xã năm 2012",
     "A cooperative run under the 2012 law", "flag", None, "merge: any"),
    ("linkage-model", "Có mô hình liên kết sản xuất gắn với tiêu thụ nông sản chủ lực bền vững",
     "A model that links production and sale of key products", "flag", None, "merge: any"),
    "14 Education and training",
    ("universal-education", "Phổ cập giáo dục mầm non 5 tuổi, xóa mù chữ, phổ cập tiểu học đúng độ tuổi, phổ cập THCS",
     "Universal education and literacy", "flag", None, "merge: reassess"),
    ("lower-secondary-leavers", "Số học sinh tốt nghiệp THCS", "Lower-secondary leavers", "count", "person",
     "merge: sum"),
    ("leavers-going-on", "Số học sinh tốt nghiệp THCS được tiếp tục học trung học", "Of which go on to upper secondary",
     "count", "person", "part_of: lower-secondary-leavers, merge: sum"),
    "15 Health",
    ("insured-people", "Số người tham gia bảo hiểm y tế", "People with health insurance", "count", "person",
     "part_of: population, merge: sum"),
    ("children-under-5", "Số trẻ em dưới 5 tuổi", "Children under 5", "count", "person",
     "part_of: population, merge: sum"),
    ("children-under-5-stunted", "Số trẻ em dưới 5 tuổi suy dinh dưỡng thể thấp còi", "Of which stunted", "count",
     "person", "part_of: children-under-5, merge: sum"),
    "16 Culture",
    ("villages-cultural", "Số thôn đạt tiêu chuẩn văn hóa", "Villages to the culture standard", "count", "village",
     "part_of: villages, merge: sum"),
    "17 Environment and food safety",
    ("households-hygienic-water", "Số hộ sử dụng nước hợp vệ sinh", "Households with hygienic water", "count",
     "household", "part_of: households, merge: sum"),
    ("households-clean-water", "Trong đó: số hộ sử dụng nước sạch", "Of which with clean water", "count", "household",
     "part_of: households-hygienic-water, merge: sum"),
    ("businesses", "Số cơ sở sản xuất - kinh doanh, nuôi trồng thủy sản, làng nghề",
     "Businesses, fish farms, craft villages", "count", "business", "merge: sum"),
    ("businesses-environment", "Số cơ sở đảm bảo quy định về bảo vệ môi trường", "Of which meet environmental rules",
     "count", "business", "part_of: businesses, merge: sum"),
    ("landscape", "Cảnh quan, môi trường xanh - sạch - đẹp, an toàn", "Green, clean, beautiful, safe surroundings",
     "flag", None, "merge: reassess"),
    ("burial-to-rules", "Mai táng phù hợp với quy định và theo quy hoạch", "Burial per rules and plan", "flag", None,
     "merge: all"),
    ("waste-treated", "Chất thải rắn và nước thải được thu gom, xử lý", "Solid waste and wastewater collected, treated",
     "flag", None, "merge: reassess"),
    ("households-sanitary", "Số hộ có nhà tiêu, nhà tắm, bể chứa nước hợp vệ sinh và đảm bảo 3 sạch",
     "Households with hygienic latrine, bathroom and tank, and the '3 cleans'", "count", "household",
     "part_of: households, merge: sum"),
    ("livestock-households", "Số hộ chăn nuôi", "Households with livestock", "count", "household",
     "part_of: households, merge: sum"),
    ("livestock-households-sheds", "Số hộ chăn nuôi có chuồng trại đảm bảo vệ sinh môi trường",
     "Of which with hygienic sheds", "count", "household", "part_of: livestock-households, merge: sum"),
    ("food-producers", "Số hộ và cơ sở sản xuất, kinh doanh thực phẩm", "Households and businesses that make food",
     "count", "producer", "merge: sum"),
    ("food-producers-safe", "Số hộ và cơ sở tuân thủ quy định về an toàn thực phẩm", "Of which meet food-safety rules",
     "count", "producer", "part_of: food-producers, merge: sum"),
    "18 Political system and access to law",
    ("officials-to-standard", "Cán bộ, công chức xã đạt chuẩn", "Officials meet the standard", "flag", None,
     "merge: all"),
    ("bodies-complete", "Có đủ các tổ chức trong hệ thống chính trị cơ sở", "All grassroots bodies present", "flag",
     None, "merge: reassess"),
    ("party-and-government-strong", "Đảng bộ, chính quyền xã đạt 'trong sạch, vững mạnh'",
     "Party cell and government rated clean and strong", "flag", None, "merge: reassess"),
    ("organisations", "Số tổ chức chính trị - xã hội của xã", "Socio-political organisations", "count", "organisation",
     "merge: reassess"),
    ("organisations-fair", "Số tổ chức chính trị - xã hội đạt loại khá trở lên", "Of which rated 'fair' or better",
     "count", "organisation", "part_of: organisations, merge: reassess"),
    ("gender-equality", "Bình đẳng giới, phòng chống bạo lực gia đình, hỗ trợ người dễ bị tổn thương",
     "Gender equality, protection of the vulnerable", "flag", None, "merge: reassess"),
    "19 Defence and security. Put so that yes is good",
    ("militia-strong", "Dân quân 'vững mạnh, rộng khắp' và hoàn thành chỉ tiêu quân sự, quốc phòng",
     "Militia strong, defence targets met", "flag", None, "merge: reassess"),
    ("no-mass-complaints", "Không khiếu kiện đông người kéo dài", "No drawn-out mass complaints", "flag", None,
     "merge: all"),
    ("no-grave-crimes", "Không để xảy ra trọng án", "No grave crimes", "flag", None, "merge: all"),
    ("crime-falling", "Tội phạm, tệ nạn được kiềm chế, giảm liên tục so với các năm trước",
     "Crime and social evils contained, falling year by year", "flag", None, "merge: reassess"),
    "Preconditions",
    ("registered", "Đã đăng ký và được đưa vào kế hoạch của huyện", "Registered and put in the district's plan",
     "flag", None, "merge: reassess"),
    ("construction-arrears", "Nợ đọng xây dựng cơ bản", "Construction arrears", "money", "triệu đồng",
     "least: 0, merge: sum"),
    ("surveyed-households", "Số hộ được lấy ý kiến về sự hài lòng", "Households asked whether they are satisfied",
     "count", "household", "part_of: households, merge: reassess"),
    ("surveyed-households-satisfied", "Trong đó: số hộ hài lòng", "Of which satisfied", "count", "household",
     "part_of: surveyed-households, merge: reassess"),
]


def ratio(part, whole, sign, figure):
    return '[{ratio: [%s, %s]}, "%s", {figure: %s}]' % (part, whole, sign, figure)


# Indicator -> (rule, {figure of the rule: where its numbers stand in the facts}).
# "thresholds" is the indicator's own row, "sub" its "of which" row.
RULES = {
    "1.1": ("{attested: plan-approved-published}", {}),
    "1.2": ("{attested: plan-rules-applied}", {}),
    "2.1": (ratio("commune-roads-paved", "commune-roads", ">=", "commune-roads-share"),
            {"commune-roads-share": "thresholds"}),
    "2.2": (ratio("village-roads-hardened", "village-roads", ">=", "village-roads-share"),
            {"village-roads-share": "thresholds"}),
    "2.3": (ratio("lanes-clean", "lanes", ">=", "lanes-share"), {"lanes-share": "thresholds"}),
    "2.4": (ratio("field-roads-passable", "field-roads", ">=", "field-roads-share"),
            {"field-roads-share": "thresholds"}),
    "3.1": (ratio("farmland-irrigated", "farmland", ">=", "irrigated-share"), {"irrigated-share": "thresholds"}),
    "3.2": ("{attested: disaster-readiness}", {}),
    "4.1": ("{attested: grid-to-standard}", {}),
    "4.2": (ratio("households-electricity", "households", ">=", "electricity-share"),
            {"electricity-share": "thresholds"}),
    "5": (ratio("schools-to-standard", "schools", ">=", "schools-share"), {"schools-share": "thresholds"}),
    "6.1": ("{attested: culture-house-and-sports-ground}", {}),
    "6.2": ("{attested: play-place}", {}),
    "6.3": (ratio("villages-culture-house", "villages", ">=", "culture-house-share"),
            {"culture-house-share": "thresholds"}),
    "7": ("{any: [{attested: rural-market}, {attested: trading-place}]}", {}),
    "8.1": ("{attested: postal-point}", {}),
    "8.2": ("{attested: telecom-internet}", {}),
    "8.3": ("{attested: radio-loudspeakers}", {}),
    "8.4": ("{attested: it-in-administration}", {}),
    "9.1": ('[makeshift-houses, "=", {figure: makeshift-houses-limit}]', {"makeshift-houses-limit": "thresholds"}),
    "9.2": (ratio("households-housed-to-standard", "households", ">=", "housed-share"),
            {"housed-share": "thresholds"}),
    "10": ('[income-per-person, ">=", {figure: income}]', {"income": "thresholds"}),
    "11": (ratio("poor-households", "households", "<=", "poor-share-limit"), {"poor-share-limit": "thresholds"}),
    "12": (ratio("employed", "working-age-able", ">=", "employed-share"), {"employed-share": "thresholds"}),
    "13.1": ("{attested: cooperative-to-law}", {}),
    "13.2": ("{attested: linkage-model}", {}),
    "14.1": ("{attested: universal-education}", {}),
    "14.2": (ratio("leavers-going-on", "lower-secondary-leavers", ">=", "going-on-share"),
             {"going-on-share": "thresholds"}),
    "14.3": (ratio("employed-trained", "employed", ">=", "trained-share"), {"trained-share": "thresholds"}),
    "15.1": (ratio("insured-people", "population", ">=", "insured-share"), {"insured-share": "thresholds"}),
    "15.2": ("{holds: commune-health-standard}", {}),
    "15.3": (ratio("children-under-5-stunted", "children-under-5", "<=", "stunted-share-limit"),
             {"stunted-share-limit": "thresholds"}),
    "16": (ratio("villages-cultural", "villages", ">=", "cultural-villages-share"),
           {"cultural-villages-share": "thresholds"}),
    "17.1": ("{all: [" + ratio("households-hygienic-water", "households", ">=", "hygienic-water-share") + ",\n"
             + ratio("households-clean-water", "households", ">=", "clean-water-share") + "]}",
             {"hygienic-water-share": "thresholds", "clean-water-share": "sub"}),
    "17.2": (ratio("businesses-environment", "businesses", ">=", "businesses-environment-share"),
             {"businesses-environment-share": "thresholds"}),
    "17.3": ("{attested: landscape}", {}),
    "17.4": ("{attested: burial-to-rules}", {}),
    "17.5": ("{attested: waste-treated}", {}),
    "17.6": (ratio("households-sanitary", "households", ">=", "sanitary-share"), {"sanitary-share": "thresholds"}),
    "17.7": (ratio("livestock-households-sheds", "livestock-households", ">=", "sheds-share"),
             {"sheds-share": "thresholds"}),
    "17.8": (ratio("food-producers-safe", "food-producers", ">=", "safe-food-share"),
             {"safe-food-share": "thresholds"}),
    "18.1": ("{attested: officials-to-standard}", {}),
    "18.2": ("{attested: bodies-complete}", {}),
    "18.3": ("{attested: party-and-government-strong}", {}),
    "18.4": (ratio("organisations-fair", "organisations", ">=", "fair-organisations-share"),
             {"fair-organisations-share": "thresholds"}),
    "18.5": ("{holds: law-access-standard}", {}),
    "18.6": ("{attested: gender-equality}", {}),
    "19.1": ("{attested: militia-strong}", {}),
    "19.2": ("{all: [{attested: no-mass-complaints}, {attested: no-grave-crimes}, {attested: crime-falling}]}", {}),
}

# Figures whose unit the facts write in other words.
UNITS = {"makeshift-houses-limit": "house"}
# Figures that hold for one year only.
FIGURE_YEARS = {"income": "2020"}
# Figures whose column is regional though no region is known: nothing may stand in for a region.
REGIONAL = {"sheds-share"}

ENGLISH_ONLY = "Read in English (S13); the Vietnamese wording is not the decision's own."
DELEGATED = "No national figure: the province sets it. " + ENGLISH_ONLY

# Notes of the set itself.
NOTES = {
    "2.1": DELEGATED, "2.2": DELEGATED, "2.3": DELEGATED, "2.4": DELEGATED,
    "9.1": "Printed as 'Không' (none).",
    "9.2": "Only the general figure, 80%, was read; the figure of each region was not.",
    "10": """\
Only the figures for 2020 were read. Those of 2017 to 2019 were issued year by year and are absent here; for 2016 and
2017 an interim rule drew a straight line between two figures of an earlier decision. General figure: S9, S12; regions:
S9, S8.""",
    "11": """\
Only the general figure, 6%, was read; the figure of each region was not. S14 is in English and S8 a machine
translation, so the Vietnamese wording is not the decision's own. Measured by the poverty standard of 2016-2020.""",
    "12": "Only the general figure, 90%, was read; the figure of each region was not.",
    "15.1": "S10 prints 85% for the country and for each of the seven regions.",
    "15.2": "Another standard: the national criteria for commune health of the Ministry of Health.",
    "15.3": """\
S10 prints every figure as 'tối thiểu' (at least). Stunting is a bad thing, so the sign here is <=: a reading by
meaning, since the decision's own sign was not read. S54 gives the range as 13.9% to 31%, S10 as 13.9% to 31.4%.""",
    "17.1": """\
Two shares, the second an 'of which clean water': it is read here as a share of all households. Only the general
figures were read (95%, of which 60%); those of each region were not.""",
    "17.6": "Name read in English and abbreviated (S14). The figure was not read.",
    "17.8": "Name read in English and abbreviated (S14). The figure was not read.",
    "18.5": "Another standard: law access at the grass roots (5 criteria, 25 indicators: S31).",
}
ENGLISH_NAME_ONLY = {"17.6", "17.8"}

# Notes of the overlay, beside how sure the memory is.
OVERLAY_NOTES = {
    "3.1": "Printed as a 'Đạt' row with the 80% inside its title.",
    "4.2": "The regional row is that of the earlier set (QĐ 491/QĐ-TTg), which was read; for this set it was not.",
    "5": "The earlier set (QĐ 491/QĐ-TTg) has the same 80/70/100, which were read; for this set they were not.",
    "6.1": "Left to the province: yes where its requirements are met.",
    "6.2": "Left to the province: yes where its requirements are met.",
    "7": "Either of the two is enough.",
    "17.7": "The column is regional; no figure of any region is known, so the verdict stays open.",
    "18.4": "All organisations rated 'khá' or better.",
    "19.2": "Three things printed inside one 'Đạt' row.",
}

# (id, vi, en, rule, sources, note). Names are ours, after the sources.
PRECONDITIONS = [
    ("registered", "Đã đăng ký và được đưa vào kế hoạch của huyện", "Registered and put in the district's plan",
     "{attested: registered}", ["S7"], "QĐ 2540/QĐ-TTg of 2016-12-30 (S49). Wording ours, after the source."),
    ("no-construction-arrears", "Không có nợ đọng xây dựng cơ bản", "No construction arrears",
     '[construction-arrears, "=", {constant: 0, unit: triệu đồng}]', ["S7"],
     "QĐ 2540/QĐ-TTg of 2016-12-30 (S49). Wording ours, after the source."),
    ("satisfaction-survey", "Người dân hài lòng với kết quả xây dựng nông thôn mới",
     "People satisfied with the results, as asked by the Fatherland Front", None, ["S23", "S23b", "S23c"], """\
No rule, because the sources disagree. To pass: S23 prints 'trên 80% ... trở lên' (above 80%, and 80% or above), so
whether 80% itself passes is not clear. How many must be asked: 60% of households (S23,
2018), 70% (S23b, 2019; S23c)."""),
]

# (precondition, rule, note)
OVERLAY_PRECONDITIONS = [
    ("satisfaction-survey", ratio("surveyed-households-satisfied", "surveyed-households", ">=", "satisfied-share"),
     "Reads 'trên 80% ... trở lên' as 80% or more. How many households have to be asked is left out: "
     "sources disagree."),
]
# (id, unit, value, note)
OVERLAY_FIGURES = [("satisfied-share", '"%"', 80, "S23; open or closed bound unclear.")]
