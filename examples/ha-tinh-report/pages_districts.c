/* SPDX-License-Identifier: Apache-2.0 */
/* Section 23: districts, from the facts of their communes and from the register of recognitions. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

static const char held_now[] = "holds:commune-ntm-2016-2020";
static const ntm_axis_value region = {"region", "BTB"};

/* How "recognised" is read. */
enum { BY_FACTS, BY_REGISTER, BY_REGISTER_FOR_GOOD, BY_CITED_FACTS, READINGS };

enum { COMMUNES, DISTRICTS, STEPS };

typedef struct districts {
    ntm_cascade *by[READINGS];
    ntm_table communes[READINGS]; /* the facts, and who holds a recognition */
    ntm_field *fields[READINGS];
    uint8_t *bits[READINGS];
} districts;

/* The facts of communes with a column of who is recognised, from a register; none for NULL. */
static bool with_holders(report *r, districts *d, int reading, const ntm_register *reg) {
    const ntm_table *facts = r->facts.table;
    size_t bytes = (facts->rows + 7) / 8;
    ntm_field *fields = d->fields[reading] = calloc(facts->field_count + 1, sizeof *fields);
    uint8_t *bits = d->bits[reading] = calloc(2 * bytes + 1, 1);
    if (fields == NULL || bits == NULL) return false;
    memcpy(fields, facts->fields, facts->field_count * sizeof *fields);
    d->communes[reading] = *facts;
    d->communes[reading].fields = fields;
    if (reg == NULL) return true;
    fields[facts->field_count].name = held_now;
    d->communes[reading].field_count++;
    return ntm_register_column(&fields[facts->field_count].column, bits, bits + bytes, reg,
                               &ntm_table_find(facts, "code")->column, strchr(held_now, ':') + 1, r->day,
                               &r->err) == NTM_OK;
}

static bool build(report *r, districts *d, int reading, const ntm_register *reg) {
    bool cited = reading == BY_CITED_FACTS;
    ntm_cascade_step steps[STEPS] = {NTM_CASCADE_STEP_INIT, NTM_CASCADE_STEP_INIT};
    ntm_cascade_options options = NTM_CASCADE_OPTIONS_INIT;
    options.on = r->day;
    options.ignore_unknown = true; /* facts that only the recalled layer asks for */
    if (!with_holders(r, d, reading, reg)) return false;
    steps[COMMUNES].set = cited ? r->cited.set : r->with_recalled;
    steps[COMMUNES].table = &d->communes[reading];
    steps[COMMUNES].axes = &region;
    steps[COMMUNES].axis_count = 1;
    steps[DISTRICTS].set = cited ? ntm_catalogue_get(r->catalogue, "district-ntm-2016-2020") : r->district_set;
    steps[DISTRICTS].table = r->district_facts.table;
    return ntm_cascade_new(&d->by[reading], r->registry, steps, STEPS, &options, &r->err) == NTM_OK;
}

static const char *district_at(const report *r, const districts *d, size_t row) {
    return name_of(r, ntm_cascade_unit(d->by[BY_FACTS], DISTRICTS, row));
}

static bool district_line(report *r, const districts *d, size_t row) {
    ntm_child_counts counts[READINGS];
    for (size_t i = 0; i <= BY_REGISTER_FOR_GOOD; i++)
        if (ntm_cascade_counts(&counts[i], d->by[i], DISTRICTS, 0, row, &r->err) != NTM_OK) return false;
    const ntm_attainment *result = ntm_cascade_result(d->by[BY_FACTS], DISTRICTS);
    left_text(district_at(r, d, row), 20);
    right_number(counts[BY_FACTS].total, 4);
    right_number(counts[BY_FACTS].met, 6);
    right_number(counts[BY_FACTS].not_met, 6);
    right_number(counts[BY_FACTS].open, 6);
    for (size_t i = BY_REGISTER; i <= BY_REGISTER_FOR_GOOD; i++)
        right_bounds((ntm_bounds){counts[i].met, counts[i].met + counts[i].open}, 11);
    right_bounds(ntm_attainment_criteria_met(result, row), 14);
    right(verdict_word(ntm_attainment_status(result, row)), 14);
    right(verdict_word(ntm_attainment_status(ntm_cascade_result(d->by[BY_REGISTER_FOR_GOOD], DISTRICTS), row)), 14);
    putchar('\n');
    return true;
}

static bool districts_table(report *r, const districts *d) {
    left_text("", 24);
    right("xã theo số liệu", 18);
    right("xã theo sổ", 22);
    right("tiêu chí", 14);
    right("huyện đạt chuẩn", 28);
    putchar('\n');
    left_text("Huyện", 20);
    right("xã", 4);
    right("đạt", 6);
    right("chưa", 6);
    right("ngỏ", 6);
    right("đọc được", 11);
    right("giả định", 11);
    right("huyện", 14);
    right("theo số liệu", 14);
    right("theo sổ", 14);
    putchar('\n');
    for (size_t row = 0; row < r->district_facts.table->rows; row++)
        if (!district_line(r, d, row)) return false;
    return true;
}

enum { CHILDREN_MOST = 64, NAMED_MOST = 3 };

/* "2.2, 5.2": the district's own indicators that are surely not met. */
static void print_own_lack(const report *r, const districts *d, size_t row) {
    const ntm_attainment *result = ntm_cascade_result(d->by[BY_FACTS], DISTRICTS);
    const char *sign = "\n                    và tiêu chí của huyện: ";
    for (size_t i = 0; i < ntm_set_indicator_count(r->district_set); i++)
        if (ntm_attainment_indicator(result, row, i) == NTM_NOT_MET) {
            printf("%s%s", sign, ntm_set_indicator(r->district_set, i)->id);
            sign = ", ";
        }
}

/* The communes that hold a district back: those surely lacking first, then those of which too little is known. */
static bool print_held_back(report *r, const districts *d, size_t row) {
    ntm_counted_child children[CHILDREN_MOST];
    size_t count = 0, back = 0;
    if (ntm_cascade_children(children, &count, CHILDREN_MOST, d->by[BY_FACTS], DISTRICTS, 0, row, &r->err) != NTM_OK)
        return false;
    for (size_t i = 0; i < count && i < CHILDREN_MOST; i++)
        back += children[i].verdict != NTM_MET;
    printf("  ");
    left_text(district_at(r, d, row), 18);
    for (size_t i = 0; i < back && i < NAMED_MOST; i++) {
        ntm_bounds met = ntm_attainment_criteria_met(ntm_cascade_result(d->by[BY_FACTS], COMMUNES), children[i].row);
        printf("%s%s (%" PRIu64 "–%" PRIu64 "/%zu)", i == 0 ? "" : ", ", name_of(r, children[i].unit), met.least,
               met.most, ntm_set_criterion_count(r->with_recalled));
    }
    if (back > NAMED_MOST) printf(" và %zu xã nữa", back - NAMED_MOST);
    print_own_lack(r, d, row);
    putchar('\n');
    return true;
}

/* How many districts attain, by the facts and by the register. */
static bool print_sums(report *r, const districts *d) {
    static const char *const names[READINGS] = {"theo số liệu, thêm lớp nhớ lại", "theo sổ, những gì đọc được",
                                                "theo sổ, nếu không có thời hạn",
                                                "theo số liệu, chỉ những gì đã đọc được trong nguồn"};
    puts("\nSố huyện đạt chuẩn, chắc chắn – nhiều nhất:");
    for (size_t i = 0; i < READINGS; i++) {
        ntm_tally status;
        if (ntm_attainment_tally(&status, ntm_cascade_result(d->by[i], DISTRICTS), NTM_OF_STATUS, 0, &r->err) != NTM_OK)
            return false;
        printf("  ");
        left_text(names[i], 52);
        right_bounds((ntm_bounds){status.met, status.met + status.open}, 6);
        putchar('\n');
    }
    return true;
}

static bool write_page(report *r, const districts *d) {
    heading("23. Huyện theo bộ tiêu chí 2016-2020 (thêm lớp nhớ lại, chưa kiểm chứng)", true);
    puts(
        "Quyết định 558/QĐ-TTg: 100% số xã được công nhận, 9 tiêu chí của huyện. Hai cách xem: theo số liệu (xã có đủ chuẩn không)");
    puts(
        "và theo sổ công nhận của bộ 2016-2020. “đọc được”: công nhận kéo dài bao lâu chưa rõ; “giả định”: không có thời hạn.");
    puts(
        "Theo số liệu không xã nào chắc chắn đạt: ngưỡng giao cho tỉnh chưa đọc được (mục 4). Ba thị xã, thành phố không tính ở đây:");
    puts("quy định riêng cho đô thị của thời kỳ ấy chưa đọc được.\n");
    if (!districts_table(r, d) || !print_sums(r, d)) return false;
    puts(
        "\nXã giữ huyện lại, theo số liệu: xã chắc chắn chưa đạt kể trước (tiêu chí đạt, trong 19), nhiều nhất ba xã:");
    for (size_t row = 0; row < r->district_facts.table->rows; row++)
        if (!print_held_back(r, d, row)) return false;
    return true;
}

bool districts_page(report *r) {
    districts d;
    memset(&d, 0, sizeof d);
    bool done = build(r, &d, BY_FACTS, NULL) && build(r, &d, BY_REGISTER, r->recognised) &&
                build(r, &d, BY_REGISTER_FOR_GOOD, r->recognised_for_good) && build(r, &d, BY_CITED_FACTS, NULL) &&
                write_page(r, &d);
    for (size_t i = 0; i < READINGS; i++) {
        ntm_cascade_free(d.by[i]);
        free(d.fields[i]);
        free(d.bits[i]);
    }
    return done;
}
