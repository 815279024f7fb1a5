/* SPDX-License-Identifier: Apache-2.0 */
/* Sections 29 and 30: what roads need, in money and cement, and the support that the meeting told of. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "report.h"

/* ------------------------------------------------------------------------------------------- needs */

static bool doers(report *r) {
    static const char *const by[] = {"source", "doer"};
    ntm_need_sums *sums = NULL;
    if (ntm_need_sums_new(&sums, r->budget.needs, by, 2, &r->err) != NTM_OK) return false;
    const ntm_table *table = ntm_need_sums_table(sums);
    puts("  Nhu cầu tiền theo nguồn và người làm được (số khối lượng chưa báo cáo để ngỏ, không tính là 0):");
    for (size_t row = 0; row < table->rows; row++) {
        char money[64];
        cell source = text_at(table, "source", row), doer = text_at(table, "doer", row);
        if (ntm_column_known(&ntm_table_find(table, "amount")->column, row) != NTM_REPORTED) continue;
        (void)ntm_money_format(money, sizeof money, whole_at(table, "amount", row), NTM_VI);
        printf("    ");
        left(source.text, source.size, 12);
        left(doer.text, doer.size, 8);
        right(money, 26);
        printf("   (%" PRId64 " dòng, %" PRId64 " để ngỏ)\n", whole_at(table, "lines", row),
               whole_at(table, "open", row));
    }
    ntm_need_sums_free(sums);
    return true;
}

static bool explain_first(report *r) {
    ntm_text *text = NULL;
    if (ntm_needs_explain(&text, r->budget.needs, 0, NTM_VI, &r->err) != NTM_OK) return false;
    printf("\n  Một dòng, tính ra thế nào:\n");
    for (const char *at = ntm_text_data(text); *at != '\0';) {
        const char *end = strchr(at, '\n');
        int size = end == NULL ? (int)strlen(at) : (int)(end - at);
        printf("    %.*s\n", size, at);
        at += size + (end != NULL);
    }
    ntm_text_free(text);
    return true;
}

/* Tonnes of cement by district: needed and supplied. */
static bool cube_of_cement(report *r, ntm_cube **out, const ntm_ledger *ledger) {
    static const ntm_side sides[] = {{"unit", "district", true}};
    static const char *const cement[] = {"xi măng"};
    static const ntm_only only = {"kind", cement, 1};
    ntm_cube_options options = NTM_CUBE_OPTIONS_INIT;
    options.sides = sides;
    options.side_count = 1;
    options.only = &only;
    options.only_count = 1;
    options.measure = NTM_CUBE_QUANTITY;
    return ntm_cube_new(out, ledger, &options, &r->err) == NTM_OK;
}

static bool tonnes(report *r, const ntm_cube *cube, const ntm_cube_cell *sum, int width) {
    char number[48], text[56];
    int64_t power = 1;
    for (uint8_t i = 0; i < ntm_cube_scale(cube); i++)
        power *= 10;
    if (!number_text(r, number, sizeof number, (ntm_fraction){sum->sum, power}, 0, 1)) return false;
    (void)snprintf(text, sizeof text, "%s%s", number, sum->known == NTM_NOT_REPORTED ? "*" : "");
    right(sum->known == NTM_NOT_APPLICABLE ? "–" : text, width);
    return true;
}

/* Needs and supplies have digits of their own after the mark: the rate is of tonnes. */
static bool supplied_rate(report *r, const ntm_cube *needed, const ntm_cube *supplied, ntm_cube_cell need,
                          ntm_cube_cell got) {
    ntm_rate rate;
    char text[64];
    for (uint8_t i = ntm_cube_scale(supplied); i < ntm_cube_scale(needed); i++)
        got.sum *= 10;
    if (ntm_rate_of(&rate, &got, &need, &r->err) != NTM_OK) return false;
    (void)ntm_rate_format(text, sizeof text, &rate, 1, NTM_ROUND_HALF_UP, NTM_VI);
    right(text, 12);
    return true;
}

static bool cement_lines(report *r, const ntm_cube *needed, const ntm_cube *supplied) {
    for (uint32_t i = 0; i < ntm_cube_members(needed, 0); i++) {
        const ntm_cube_member *member = ntm_cube_member_at(needed, 0, i);
        const uint32_t here[1] = {i}, there[1] = {ntm_cube_find(supplied, 0, member->id)};
        ntm_cube_cell need, got = {NTM_NOT_APPLICABLE, 0, 0, false};
        if (member->level != NULL && strcmp(member->level, "province") == 0) continue; /* the total says the same */
        if (ntm_cube_get(&need, needed, here, &r->err) != NTM_OK) return false;
        if (there[0] != UINT32_MAX && ntm_cube_get(&got, supplied, there, &r->err) != NTM_OK) return false;
        printf("  ");
        left_text(strcmp(member->id, "*") == 0 ? "Cộng" : district_name(r, cell_of(member->id)), 24);
        if (!tonnes(r, needed, &need, 14) || !tonnes(r, supplied, &got, 14) ||
            !supplied_rate(r, needed, supplied, need, got))
            return false;
        putchar('\n');
    }
    return true;
}

static bool works_page(report *r) {
    ntm_cube *needed = NULL, *supplied = NULL;
    heading("29. Đường nông thôn: nhu cầu tiền và xi măng, xi măng đã cấp", true);
    bool done = doers(r) && explain_first(r) && cube_of_cement(r, &needed, r->budget.needed) &&
                cube_of_cement(r, &supplied, r->budget.cement);
    if (done) {
        printf("\n  ");
        left_text("Xi măng, tấn", 24);
        right("cần", 14);
        right("đã cấp", 14);
        right("đã cấp/cần", 12);
        puts("   (*: còn khối lượng chưa báo cáo)");
        done = cement_lines(r, needed, supplied);
    }
    ntm_cube_free(needed);
    ntm_cube_free(supplied);
    return done;
}

/* ------------------------------------------------------------------------------------------- support */

/* What one got on average, from two figures as the newspaper printed them. */
static bool average(report *r, const char *what, const char *count_id, const char *money_id) {
    cell count_text = printed_of(r, count_id), money_text = printed_of(r, money_id);
    ntm_printed count;
    ntm_money money = 0;
    char text[64];
    if (ntm_printed_parse(&count, count_text.text, (size_t)count_text.size, NTM_LOCALE_VI, &r->err) != NTM_OK ||
        ntm_money_parse(&money, money_text.text, (size_t)money_text.size, NTM_LOCALE_VI, &r->err) != NTM_OK ||
        !number_text(r, text, sizeof text, (ntm_fraction){money, count.value.coefficient}, 0, 0))
        return false;
    printf("  %s: %.*s, %.*s; bình quân %" PRId64 "/%" PRId64 " = %s đồng\n", what, count_text.size, count_text.text,
           money_text.size, money_text.text, money, count.value.coefficient, text);
    return true;
}

static bool twice(report *r) {
    static const char *const same[] = {"person", "programme"};
    ntm_duplicate found[16];
    size_t count = 0;
    if (ntm_ledger_duplicates(found, &count, 16, r->budget.support, same, 2, &r->err) != NTM_OK) return false;
    printf("  [Minh họa] Trong %zu dòng danh sách, ghi hai lần (cùng người, cùng chương trình): %zu\n",
           ntm_ledger_rows(r->budget.support), count);
    for (size_t i = 0; i < count && i < 16; i++)
        printf("    dòng %" PRIu64 " lặp lại dòng %" PRIu64 "\n", found[i].row + 1, found[i].of + 1);
    return true;
}

/* Money and people by programme, the average as an exact ratio. */
static bool by_programme(report *r) {
    static const ntm_side sides[] = {{"programme", NULL, false}};
    ntm_cube_options options = NTM_CUBE_OPTIONS_INIT;
    ntm_cube *money = NULL, *gifts = NULL;
    options.sides = sides;
    options.side_count = 1;
    bool done = ntm_cube_new(&money, r->budget.support, &options, &r->err) == NTM_OK;
    options.measure = NTM_CUBE_QUANTITY;
    done = done && ntm_cube_new(&gifts, r->budget.support, &options, &r->err) == NTM_OK;
    for (uint32_t i = 0; done && i < ntm_cube_members(money, 0); i++) {
        ntm_cube_cell amount, number;
        char text[64];
        done = ntm_cube_get(&amount, money, &i, &r->err) == NTM_OK &&
               ntm_cube_get(&number, gifts, &i, &r->err) == NTM_OK &&
               number_text(r, text, sizeof text, (ntm_fraction){amount.sum, number.sum}, 0, 0);
        if (done)
            printf("    %s: %" PRId64 " suất, bình quân %" PRId64 "/%" PRId64 " = %s đồng (kể cả dòng lặp)\n",
                   ntm_cube_member_at(money, 0, i)->id, number.sum, amount.sum, number.sum, text);
    }
    ntm_cube_free(money);
    ntm_cube_free(gifts);
    return done;
}

static bool support_page(report *r) {
    heading("30. Hỗ trợ người dân: số liệu của cuộc họp, và một danh sách minh họa", false);
    return average(r, "Quà Tết", "tet-gifts", "tet-gifts-value") &&
           average(r, "Hỗ trợ thu nhập", "income-support-people", "income-support-value") && twice(r) &&
           by_programme(r);
}

bool works_pages(report *r) { return works_page(r) && support_page(r); }
