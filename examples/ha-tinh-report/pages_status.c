/* SPDX-License-Identifier: Apache-2.0 */
/* Sections 18 and 19: who holds a recognition after the mergers, and a look ahead to the set that comes next. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "report.h"

static const char before_id[] = "commune-ntm-2010-2020", now_id[] = "commune-ntm-2016-2020";

static const char *short_name(const char *status) {
    return strcmp(status, now_id) == 0 ? "bộ 2016-2020" : "bộ 2010-2020";
}

/* ------------------------------------------------------------------------------------------- after mergers */

static bool holders_line(report *r, const ntm_register *reg, const char *reading, const char *status) {
    ntm_holders counts;
    const ntm_field *communes = ntm_table_find(r->facts.table, "code");
    if (ntm_register_count(&counts, reg, &communes->column, status, NULL, r->day, &r->err) != NTM_OK) return false;
    printf("  ");
    left_text(reading, 52);
    left_text(short_name(status), 16);
    right_bounds((ntm_bounds){counts.held, counts.held + counts.open}, 10);
    right_number(counts.not_held, 14);
    putchar('\n');
    return true;
}

/* The parts of one merged unit that held something: entries of one unit stand together. */
static size_t pending_unit(const report *r, const ntm_pending *entries, size_t count, size_t first) {
    size_t next = first;
    printf("  ");
    print_commune(r, cell_of(entries[first].unit));
    printf(":");
    for (; next < count && strcmp(entries[next].unit, entries[first].unit) == 0; next++) {
        ntm_unit part = unit_of(r, NTM_ECHELON_COMMUNE, cell_of(entries[next].part), r->merged_on - 1);
        printf("%s %s (%s)", next == first ? "" : ",", name_of(r, part), short_name(entries[next].status));
    }
    putchar('\n');
    return next;
}

static size_t units_of(const ntm_pending *entries, size_t count) {
    size_t units = 0;
    for (size_t i = 0; i < count; i++)
        units += i == 0 || strcmp(entries[i].unit, entries[i - 1].unit) != 0;
    return units;
}

enum { PENDING_MOST = 256 };

static bool pending_list(report *r) {
    static const char *const instead[] = {now_id};
    ntm_pending entries[PENDING_MOST];
    size_t count = 0, reacknowledged = 0;
    if (ntm_register_pending(entries, &count, PENDING_MOST, r->recognised_for_good, NULL, r->day, instead, 1,
                             &r->err) != NTM_OK)
        return false;
    if (count > PENDING_MOST) count = PENDING_MOST;
    for (size_t i = 0; i < ntm_register_act_count(r->recognised); i++) {
        const ntm_act *act = ntm_register_act(r->recognised, i);
        reacknowledged += act->kind == NTM_ACT_REACKNOWLEDGED && act->on <= r->day;
    }
    printf(
        "\nDanh hiệu không tự chuyển sang đơn vị mới. Trong %zu đơn vị mới (sáp nhập là thật), cũng theo giả định ấy: %zu đã được\n"
        "công nhận lại, %zu đang chờ vì có phần giữ danh hiệu ngày trước sáp nhập (theo những gì đọc được: có thể giữ):\n",
        r->result_count, reacknowledged, units_of(entries, count));
    for (size_t i = 0; i < count;)
        i = pending_unit(r, entries, count, i);
    return true;
}

static bool merged_page(report *r) {
    heading("18. Danh hiệu sau sáp nhập, theo sổ công nhận", true);
    puts(
        "Sáp nhập là thật; quyết định công nhận và công nhận lại là minh họa. Công nhận kéo dài bao lâu thì chưa đọc được: mọi");
    puts(
        "công nhận đã ra vì vậy còn giữ hay không là để ngỏ. Dòng dưới cho biết con số nếu công nhận không có thời hạn.\n");
    char title[80];
    (void)snprintf(title, sizeof title, "  Xã còn danh hiệu ngày 25/2/2020, trong %zu xã", r->facts.table->rows);
    left_text(title, 70);
    right("còn giữ", 10);
    right("không giữ", 14);
    putchar('\n');
    return holders_line(r, r->recognised, "theo những gì đọc được (thời hạn: chưa rõ)", before_id) &&
           holders_line(r, r->recognised, "", now_id) &&
           holders_line(r, r->recognised_for_good, "nếu công nhận không có thời hạn (giả định)", before_id) &&
           holders_line(r, r->recognised_for_good, "", now_id) && pending_list(r);
}

/* ------------------------------------------------------------------------------------------- the next set */

static bool moves_line(report *r, const char *name, const ntm_successor *successor, size_t pair) {
    ntm_moves moves;
    if (ntm_successor_moves(&moves, successor, pair, &r->err) != NTM_OK) return false;
    uint64_t to_open = moves.rows[NTM_MET][NTM_OPEN] + moves.rows[NTM_NOT_MET][NTM_OPEN];
    left_text(name, 52);
    right_number(moves.rows[NTM_MET][NTM_NOT_MET], 6);
    right_number(moves.rows[NTM_NOT_MET][NTM_MET], 6);
    right_number(moves.rows[NTM_MET][NTM_MET], 8);
    right_number(moves.rows[NTM_NOT_MET][NTM_NOT_MET], 9);
    right_number(to_open, 11);
    right_number(moves.rows[NTM_OPEN][NTM_MET] + moves.rows[NTM_OPEN][NTM_NOT_MET], 11);
    right_number(moves.rows[NTM_OPEN][NTM_OPEN], 9);
    putchar('\n');
    return true;
}

static bool moves_table(report *r, const ntm_successor *successor) {
    const ntm_set *after = r->next_recalled.set;
    left_text("Bộ 2016-2020 → bộ 2021-2025, số xã", 52);
    right("mất", 6);
    right("được", 6);
    right("vẫn đạt", 8);
    right("vẫn chưa", 9);
    right("thành ngỏ", 11);
    right("hết ngỏ", 11);
    right("vẫn ngỏ", 9);
    putchar('\n');
    for (size_t i = 0; i < ntm_successor_pair_count(successor); i++) {
        const ntm_pair *pair = ntm_successor_pair(successor, i);
        char name[200] = "Đạt chuẩn (tiêu chí và điều kiện)";
        if (pair->kind == NTM_PAIR_INDICATOR || pair->after == SIZE_MAX) continue;
        if (pair->kind == NTM_PAIR_CRITERION) {
            const ntm_criterion *criterion = ntm_set_criterion(after, pair->after);
            (void)snprintf(name, sizeof name, "%2s. %s%s", criterion->id, criterion->name.vi,
                           pair->review ? " (*)" : "");
        }
        if (!moves_line(r, name, successor, i)) return false;
    }
    puts("(*) hai bộ hỏi những số liệu khác nhau, hoặc một bên chưa đọc được: cần xem lại.");
    return true;
}

/* Ids of the indicators for review, by why. */
static void review_line(const report *r, const ntm_successor *successor, const char *why, int which) {
    const ntm_set *before = r->recalled.set, *after = r->next_recalled.set;
    size_t count = 0;
    int column = printf("  %s:", why);
    for (size_t i = 0; i < ntm_successor_pair_count(successor); i++) {
        const ntm_pair *pair = ntm_successor_pair(successor, i);
        int why_this = pair->before == SIZE_MAX ? 0 : pair->after == SIZE_MAX ? 1 : pair->facts_differ ? 2 : 3;
        if (pair->kind != NTM_PAIR_INDICATOR || !pair->review || why_this != which) continue;
        if (column > 110) column = printf("\n   ");
        column += printf(" %s", pair->after == SIZE_MAX ? ntm_set_indicator(before, pair->before)->id
                                                        : ntm_set_indicator(after, pair->after)->id);
        count++;
    }
    puts(count == 0 ? " không có" : "");
}

static bool tally_gain(report *r, const char *what, const ntm_successor *successor) {
    ntm_tally before, after;
    size_t lose = 0, gain = 0, may_lose = 0, may_gain = 0;
    if (ntm_attainment_tally(&before, ntm_successor_before(successor), NTM_OF_STATUS, 0, &r->err) != NTM_OK ||
        ntm_attainment_tally(&after, ntm_successor_after(successor), NTM_OF_STATUS, 0, &r->err) != NTM_OK ||
        ntm_successor_rows(NULL, &lose, 0, successor, 0, NTM_MET, NTM_NOT_MET, &r->err) != NTM_OK ||
        ntm_successor_rows(NULL, &gain, 0, successor, 0, NTM_NOT_MET, NTM_MET, &r->err) != NTM_OK ||
        ntm_successor_rows(NULL, &may_lose, 0, successor, 0, NTM_OPEN, NTM_NOT_MET, &r->err) != NTM_OK ||
        ntm_successor_rows(NULL, &may_gain, 0, successor, 0, NTM_NOT_MET, NTM_OPEN, &r->err) != NTM_OK)
        return false;
    printf("  %s: đạt ", what);
    right_bounds((ntm_bounds){before.met, before.met + before.open}, 0);
    printf(" → ");
    right_bounds((ntm_bounds){after.met, after.met + after.open}, 0);
    printf(" xã; chắc chắn mất %zu, chắc chắn được %zu; từ để ngỏ thành chưa đạt %zu, từ chưa đạt thành để ngỏ %zu\n",
           lose, gain, may_lose, may_gain);
    return true;
}

static bool ahead_page(report *r) {
    ntm_successor *cited = NULL, *recalled = NULL;
    ntm_successor_options options = NTM_SUCCESSOR_OPTIONS_INIT;
    const ntm_set_spec *about = ntm_set_about(r->next_recalled.set);
    options.ignore_unknown = true;
    heading("19. Nhìn về sau: cùng số liệu ấy theo bộ tiêu chí 2021-2025", true);
    printf("%s (%s) có hiệu lực từ ", about->title.vi, about->instrument.number);
    print_date(about->instrument.in_force_from);
    puts(": ngày 25/2/2020 chưa ai biết.");
    puts(
        "Đây là phép thử với số liệu năm 2020, không phải kết luận của ngày họp. Cặp tiêu chí, chỉ tiêu do chúng tôi ghép theo tên.");
    bool done =
        ntm_successor_new(&cited, r->cited.plan, r->next_cited.plan, r->facts.table, &options, &r->err) == NTM_OK &&
        ntm_successor_new(&recalled, r->recalled.plan, r->next_recalled.plan, r->facts.table, &options, &r->err) ==
            NTM_OK &&
        tally_gain(r, "đã đọc được trong nguồn", cited) && tally_gain(r, "thêm lớp nhớ lại, chưa kiểm chứng", recalled);
    if (done) {
        puts("\nTheo từng tiêu chí (theo lớp nhớ lại, chưa kiểm chứng):");
        done = moves_table(r, recalled);
        puts("\nChỉ tiêu cần xem lại, không đoán:");
        review_line(r, recalled, "mới, không có chỉ tiêu tương ứng", 0);
        review_line(r, recalled, "bỏ (số của bộ 2016-2020)", 1);
        review_line(r, recalled, "hỏi số liệu khác", 2);
        review_line(r, recalled, "một bên chưa đọc được", 3);
    }
    ntm_successor_free(cited);
    ntm_successor_free(recalled);
    return done;
}

bool status_pages(report *r) { return merged_page(r) && ahead_page(r); }
