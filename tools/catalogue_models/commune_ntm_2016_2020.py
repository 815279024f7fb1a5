# SPDX-License-Identifier: Apache-2.0
"""Commune NTM 2016-2020 (QĐ 1980/QĐ-TTg): rules and notes."""
from .ntm import Maker, finish
from .vocabulary import ratio
from .yaml_text import Names, Num, parse

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
OVERLAY_FIGURES = [("satisfied-share", "%", 80, "S23; open or closed bound unclear.")]

# The set of 2010-2020 has other rows; paired are those that ask the same
# of the same facts, or of facts of the same name.
FOLLOWS = {
    "set": "commune-ntm-2010-2020",
    "note": "Paired by us, by what criteria and rows are called (those that nobody has read, by the names that are recalled of "
    "them); rows that are not listed have no counterpart.",
    "criteria": {str(no): str(no) for no in range(1, 20)},
    "indicators": {"2.1": "2.1", "2.2": "2.2", "2.3": "2.3", "2.4": "2.4", "4.1": "4.1", "4.2": "4.2", "5": "5",
                   "10": "10", "12": "12", "15.1": "15.insurance", "17.1": "17.1"},
}

MODEL = {
    "FACTS_ID": SET, "SET": SET, "LEVEL": "commune", "TIER": TIER, "TITLE_VI": TITLE_VI, "TITLE_EN": TITLE_EN,
    "TITLE_ACT_EN": "Issuing the national criteria set for new rural communes, 2016-2020", "IN_FORCE_TO": IN_FORCE_TO,
    "NOTE": NOTE, "RULES": RULES, "UNITS": UNITS, "FIGURE_YEARS": FIGURE_YEARS, "REGIONAL": REGIONAL, "NOTES": NOTES,
    "ENGLISH_NAME_ONLY": ENGLISH_NAME_ONLY, "UNREAD": {}, "OVERLAY_NOTES": OVERLAY_NOTES,
    "OVERLAY_TITLE_VI": OVERLAY_TITLE_VI, "OVERLAY_TITLE_EN": OVERLAY_TITLE_EN, "OVERLAY_NOTE": OVERLAY_NOTE,
}


def ha_tinh():
    return {
        "format": "ntm-overlay/1", "id": SET + ".ha-tinh", "of": SET, "standing": "cited",
        "title": Names(vi="Tiêu chí 20 của tỉnh Hà Tĩnh", en="The 20th criterion of Hà Tĩnh province"),
        "place": "42", "rank": "province",
        "note": """\
Hà Tĩnh adds a criterion to the national 19: model residential areas and model gardens (tc20). What a commune must have of
them was not read, and neither was the act, its days, or over which of the national sets it lay first: this is laid by
hand.""",
        "instrument": {"issuer": "Tỉnh Hà Tĩnh", "source": ["tc20"]},
        "adds": {"criteria": [{
            "id": "20", "name": Names(vi="Khu dân cư mẫu, vườn mẫu", en="Model residential areas, model gardens"),
            "source": ["tc20"], "indicators": [{"id": "20.unread", "note": "what is asked for was not read"}]}]},
    }


def make(facts, sources):
    maker = Maker(facts, sources, MODEL)
    conditions = [{"id": name, "name": Names(vi=vi, en=en), "rule": parse(rule) if rule else None, "source": cited,
                   "note": note} for name, vi, en, rule, cited, note in PRECONDITIONS]
    base = maker.base(
        axes=maker.axes(YEARS), preconditions=conditions, follows=FOLLOWS,
        recognition=[{"by": Names(vi="Chủ tịch UBND cấp tỉnh", en="Chair of the provincial People's Committee"),
                      "source": ["S7"]}],
        preconditions_comment="Conditions of recognition beside the criteria: 2540/QĐ-TTg.")
    overlay = maker.overlay(
        new_figures=[(name, {"unit": unit, "value": Num(value), "note": note})
                     for name, unit, value, note in OVERLAY_FIGURES],
        preconditions=[(name, {"rule": parse(rule), "note": note}) for name, rule, note in OVERLAY_PRECONDITIONS])
    return [finish([base, overlay, ha_tinh()], sources)]
