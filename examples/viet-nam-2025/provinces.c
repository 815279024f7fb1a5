/* SPDX-License-Identifier: Apache-2.0 */
/* Provinces after the reform: communes before and after, areas and populations added up from what was published. */
#include "country.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { PROVINCES = 64 };

/* Facts of communes as facts of provinces. */
typedef struct sums {
    ntm_unit provinces[PROVINCES];
    size_t count;
    ntm_rolled *rolled;
} sums;

/* No area is below 0: so a sum with a hole is still at least what is there. Of counts the library knows it. */
static const ntm_fact area = {
    .id = "area", .kind = NTM_KIND_AMOUNT, .unit = "km2", .has_least = true, .merge = NTM_MERGE_SUM};
static const ntm_fact population = {
    .id = "population", .kind = NTM_KIND_COUNT, .unit = "person", .merge = NTM_MERGE_SUM};

static bool add_up(country *c, sums *s) {
    static const ntm_fact *const facts[] = {&area, &population};
    const ntm_table *table = ntm_csv_table(c->facts);
    ntm_unit_filter filter = NTM_UNIT_FILTER_INIT;
    ntm_rolled_options options = NTM_ROLLED_OPTIONS_INIT;
    ntm_rollup *rollup = NULL;
    ntm_unit *communes = malloc(table->rows * sizeof *communes);
    if (communes == NULL) return false;
    filter.on = c->day;
    filter.echelon = NTM_ECHELON_PROVINCE;
    options.ignore_unknown = true; /* the codes */
    bool done = ntm_units_list(s->provinces, &s->count, PROVINCES, c->units, &filter, &c->err) == NTM_OK &&
                ntm_units_find_all(communes, c->units, &table->fields[0].column, NTM_ECHELON_COMMUNE, c->day, NULL,
                                   NULL, &c->err) == NTM_OK;
    filter.echelon = NTM_ECHELON_COMMUNE;
    done = done &&
           ntm_rollup_up(&rollup, c->units, communes, table->rows, s->provinces, s->count, &filter, NULL, &c->err) ==
               NTM_OK &&
           ntm_rolled_new(&s->rolled, rollup, facts, 2, table, &options, &c->err) == NTM_OK;
    ntm_rollup_free(rollup);
    free(communes);
    return done;
}

/* The sum, or "từ ..." where a part of it was not published: what is missing is not taken for 0. */
static bool print_sum(country *c, const sums *s, const char *fact, size_t row, uint8_t digits, int width) {
    ntm_range range;
    ntm_decimal number;
    char text[64], whole[80];
    if (ntm_rolled_range(&range, s->rolled, fact, row, &c->err) != NTM_OK ||
        ntm_decimal_ratio(&number, range.least.numerator, range.least.denominator, 0, digits, NTM_ROUND_HALF_UP,
                          &c->err) != NTM_OK)
        return false;
    bool known = range.most.denominator != 0 && range.most.numerator == range.least.numerator &&
                 range.most.denominator == range.least.denominator;
    (void)ntm_decimal_format(text, sizeof text, number, NTM_LOCALE_VI);
    (void)snprintf(whole, sizeof whole, "%s%s", known ? "" : "từ ", text);
    right(whole, width);
    return true;
}

static bool print_province(country *c, const sums *s, size_t row) {
    ntm_unit_filter filter = NTM_UNIT_FILTER_INIT;
    ntm_unit_reform reform;
    ntm_rolled_parts parts;
    filter.echelon = NTM_ECHELON_COMMUNE;
    filter.within = s->provinces[row];
    if (ntm_units_reform(&reform, c->units, &filter, c->day, &c->err) != NTM_OK) return false;
    left(ntm_units_row(c->units, s->provinces[row])->name, 24);
    right_number(reform.before, 8);
    right_number(reform.after, 8);
    right_number(reform.divided, 8);
    if (!print_sum(c, s, "area", row, 1, 14) || !print_sum(c, s, "population", row, 0, 16) ||
        ntm_rolled_parts_of(&parts, s->rolled, "population", row, &c->err) != NTM_OK)
        return false;
    right_number(parts.not_reported, 8);
    putchar('\n');
    return true;
}

bool provinces_page(country *c) {
    sums s = {.count = 0};
    heading("3. 34 tỉnh, thành phố sau 1/7/2025");
    left("Tỉnh", 24);
    right("cũ", 8);
    right("mới", 8);
    right("bị chia", 8);
    right("km2", 14);
    right("người", 16);
    right("thiếu", 8);
    putchar('\n');
    bool done = add_up(c, &s);
    for (size_t row = 0; done && row < s.count; row++)
        done = print_province(c, &s, row);
    if (done)
        puts(
            "“từ”: có đơn vị chưa công bố số liệu, nên chỉ biết ít nhất là bao nhiêu. Cột thiếu: số đơn vị chưa có dân số.\n"
            "Nguồn: sapnhap.bando.com.vn, ghi nguyên văn; tổng ở đây là phép cộng, không phải số công bố của tỉnh.");
    ntm_rolled_free(s.rolled);
    return done;
}
