/* SPDX-License-Identifier: Apache-2.0 */
#include "town.h"

#include <stdio.h>
#include <string.h>

static const char units_text[] = "code,name,level,parent,valid_from,valid_to\n"
                                 "1,Tỉnh Một,province,,,\n"
                                 "11,Huyện A,district,1,,\n"
                                 "12,Huyện B,district,1,,\n"
                                 "13,Thị xã C,town,1,,\n"
                                 "111,Xã A1,commune,11,,\n"
                                 "112,Xã A2,commune,11,,\n"
                                 "113,Phường A3,ward,11,,\n"
                                 "121,Xã B1,commune,12,,\n"
                                 "122,Xã B2,commune,12,,2024-06-30\n";
static const char attributes_text[] = "code,attribute,value,valid_from,valid_to\n"
                                      "1,region,BTB,,\n";

#define HEAD(id, level)                                                                                                \
    "format: ntm-set/1\nid: " id "\nprogramme: ntm\nlevel: " level                                                     \
    "\ntier: standard\nplace: VN\nsources: {S1: {where: here}}\n"                                                      \
    "instrument: {in_force: {from: 2020-01-01}, source: [S1]}\n"

static const char standard_text[] =
    HEAD("c-ntm", "commune") "axes: {region: {values: [BTB, DBSH]}}\n"
                             "facts: {households: {kind: count, unit: household},\n"
                             "  clean: {kind: count, unit: household, part_of: households}}\n"
                             "figures: {least: {unit: \"%\", axes: [region], source: [S1], values: {BTB: 90}}}\n"
                             "criteria:\n"
                             "  - {id: \"1\", rule: [{ratio: [clean, households]}, \">=\", {figure: least}],\n"
                             "     source: [S1]}\n";
static const char advanced_text[] = HEAD("c-adv", "commune") "facts: {income: {kind: money, unit: triệu đồng}}\n"
                                                             "criteria:\n"
                                                             "  - {id: \"1\", rule: {all: [{holds: c-ntm}, [income, "
                                                             "\">=\", {constant: 50, unit: triệu đồng}]]}, source: "
                                                             "[S1]}\n";
static const char district_text[] = HEAD(
    "d-ntm", "district") "facts: {roads: {kind: amount, unit: km},\n"
                         "  satisfaction: {kind: share, unit: \"%\"}}\n"
                         "criteria:\n"
                         "  - {id: \"1\", source: [S1], rule: [{share: children, level: commune, name: communes,\n"
                         "      where: {holds: c-ntm}}, \">=\", {constant: 100, unit: \"%\"}]}\n"
                         "  - {id: \"2\", source: [S1], rule: [roads, \">=\", {constant: 5, unit: km}]}\n"
                         "preconditions:\n"
                         "  - {id: satisfied, source: [S1], rule: {every: children, level: commune, name: satisfied,\n"
                         "      holds: [satisfaction, \">=\", {constant: 80, unit: \"%\"}]}}\n";
static const char province_text[] = HEAD(
    "p-ntm", "province") "facts: {recognised: {kind: flag}}\n"
                         "criteria:\n"
                         "  - {id: \"1\", source: [S1], rule: {every: children, level: district, name: "
                         "districts,\n      holds: {holds: d-ntm}}}\n"
                         "  - {id: \"2\", source: [S1], rule: [{share: children, level: commune, name: "
                         "advanced,\n      where: {holds: c-adv}}, \">=\", {constant: 40, unit: \"%\"}]}\n"
                         "  - {id: \"3\", source: [S1], rule: [{count: children, level: commune, name: both,\n"
                         "      where: {all: [{holds: c-adv}, {attested: recognised}]}}, \">=\", {constant: 1}]}\n";

static const ntm_csv_field units_fields[] = {
    {"code", NULL, NTM_CSV_TEXT, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
    {"name", NULL, NTM_CSV_TEXT, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
    {"level", NULL, NTM_CSV_TEXT, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
    {"parent", NULL, NTM_CSV_TEXT, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
    {"valid_from", NULL, NTM_CSV_DATE, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
    {"valid_to", NULL, NTM_CSV_DATE, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
};
static const ntm_csv_field attribute_fields[] = {
    {"code", NULL, NTM_CSV_TEXT, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
    {"attribute", NULL, NTM_CSV_CODES, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
    {"value", NULL, NTM_CSV_CODES, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
};
static const ntm_csv_field commune_fields[] = {
    {"code", NULL, NTM_CSV_TEXT, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
    {"clean", NULL, NTM_CSV_NUMBER, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
    {"households", NULL, NTM_CSV_NUMBER, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
    {"income", NULL, NTM_CSV_NUMBER, NTM_LOCALE_PLAIN, 1, 1, NULL, NULL, NULL, NULL},
    {"satisfaction", NULL, NTM_CSV_NUMBER, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
    {"recognised", NULL, NTM_CSV_FLAG, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
};
static const ntm_csv_field district_fields[] = {
    {"code", NULL, NTM_CSV_TEXT, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
    {"roads", NULL, NTM_CSV_NUMBER, NTM_LOCALE_PLAIN, 1, 1, NULL, NULL, NULL, NULL},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static ntm_csv *read_table(const char *head, const char *lines, const ntm_csv_field *fields, size_t count) {
    char text[4096];
    ntm_csv *csv = NULL;
    ntm_error err = NTM_ERROR_INIT;
    int size = snprintf(text, sizeof text, "%s%s", head, lines);
    assert_true(size > 0 && (size_t)size < sizeof text);
    assert_ok(ntm_csv_read(&csv, text, (size_t)size, "table", fields, count, NULL, &err), &err);
    return csv;
}

static void read_set(ntm_set **out, const char *text) {
    ntm_read_options options = NTM_READ_OPTIONS_INIT;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_set_read(out, text, strlen(text), "set", &options, &err), &err);
}

ntm_status town_units(ntm_units **out, const ntm_allocator *allocator, ntm_error *err) {
    ntm_units_options making = NTM_UNITS_OPTIONS_INIT;
    ntm_csv *rows = read_table("", units_text, units_fields, COUNT(units_fields));
    ntm_csv *values = read_table("", attributes_text, attribute_fields, COUNT(attribute_fields));
    making.allocator = allocator;
    ntm_status status = ntm_units_new(out, ntm_csv_table(rows), NULL, ntm_csv_table(values), &making, err);
    ntm_csv_free(rows);
    ntm_csv_free(values);
    return status;
}

void town_start(town *t) {
    *t = (town){.err = NTM_ERROR_INIT, .options = NTM_CASCADE_OPTIONS_INIT};
    assert_ok(town_units(&t->units, NULL, &t->err), &t->err);
    read_set(&t->standard, standard_text);
    read_set(&t->advanced, advanced_text);
    read_set(&t->district, district_text);
    read_set(&t->province, province_text);
    const ntm_set *sets[] = {t->standard, t->advanced, t->district, t->province};
    for (size_t i = 0; i < 4; i++) {
        t->steps[i] = (ntm_cascade_step)NTM_CASCADE_STEP_INIT;
        t->steps[i].set = sets[i];
    }
    t->options.on = TOWN_DAY;
}

void town_end(town *t) {
    ntm_csv_free(t->communes);
    ntm_csv_free(t->districts);
    ntm_set_free(t->standard);
    ntm_set_free(t->advanced);
    ntm_set_free(t->district);
    ntm_set_free(t->province);
    ntm_units_free(t->units);
}

void town_communes(town *t, const char *lines) {
    ntm_csv_free(t->communes);
    t->communes = read_table("code,clean,households,income,satisfaction,recognised\n", lines, commune_fields,
                             COUNT(commune_fields));
    t->steps[0].table = ntm_csv_table(t->communes);
}

void town_districts(town *t, const char *lines) {
    ntm_csv_free(t->districts);
    t->districts = read_table("code,roads\n", lines, district_fields, COUNT(district_fields));
    t->steps[2].table = ntm_csv_table(t->districts);
}

ntm_unit town_unit(const town *t, const char *code) {
    ntm_unit unit = NTM_NO_UNIT;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_units_find(&unit, t->units, code, NTM_ECHELON_ANY, TOWN_DAY, &err), &err);
    return unit;
}

ntm_cascade *town_run(town *t, size_t count) {
    ntm_cascade *cascade = NULL;
    assert_ok(ntm_cascade_new(&cascade, t->units, t->steps, count, &t->options, &t->err), &t->err);
    return cascade;
}

ntm_verdict town_status(const town *t, const ntm_cascade *cascade, size_t step, const char *code) {
    size_t row = ntm_cascade_row(cascade, step, town_unit(t, code));
    assert_true(row != SIZE_MAX);
    return ntm_attainment_status(ntm_cascade_result(cascade, step), row);
}

void town_counts(const town *t, const ntm_cascade *cascade, size_t step, const char *code, const char *name,
                 uint64_t met, uint64_t not_met, uint64_t open) {
    ntm_child_counts counts = {0};
    ntm_error err = NTM_ERROR_INIT;
    size_t index = 0;
    while (index < ntm_cascade_count_count(cascade, step) &&
           strcmp(ntm_cascade_count_name(cascade, step, index), name) != 0)
        index++;
    size_t row = ntm_cascade_row(cascade, step, town_unit(t, code));
    assert_ok(ntm_cascade_counts(&counts, cascade, step, index, row, &err), &err);
    assert_int_equal(counts.met, met);
    assert_int_equal(counts.not_met, not_met);
    assert_int_equal(counts.open, open);
    assert_int_equal(counts.total, met + not_met + open);
}
