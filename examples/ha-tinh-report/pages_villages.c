/* SPDX-License-Identifier: Apache-2.0 */
/* Sections 9 and 10: model gardens and model residential areas. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "report.h"

static bool gardens_page(report *r) {
    const ntm_set *set = r->gardens.set;
    heading("9. Vườn mẫu", true);
    printf(
        "%zu vườn, theo %s (tên do chúng tôi đặt). Ngày hiệu lực và nhiều phần của bộ tiêu chí chưa đọc được: để ngỏ.\n",
        r->garden_facts.table->rows, ntm_set_about(set)->title.vi);
    for (size_t i = 0; i < ntm_set_indicator_count(set); i++) {
        const ntm_indicator *indicator = ntm_set_indicator(set, i);
        ntm_tally tally;
        if (ntm_attainment_tally(&tally, r->gardens.result, NTM_OF_INDICATOR, i, &r->err) != NTM_OK) return false;
        const char *name = indicator->name.vi == NULL ? "(chưa đọc được)" : indicator->name.vi;
        printf("  %-4s", indicator->id);
        left_text(name, 58);
        printf(" đạt %3" PRIu64 ", chưa đạt %3" PRIu64 ", chưa có số liệu %3" PRIu64 "\n", tally.met, tally.not_met,
               tally.open);
    }
    return true;
}

/* Where a village stands on the day of the meeting. */
typedef enum signing { NOT_SIGNED = 0, SIGNED = 1, GAVE_UP = 2, SIGNED_LATER = 3, SIGNINGS = 4 } signing;

static signing signing_of(const report *r, cell village) {
    signing found = NOT_SIGNED;
    ntm_date last = NTM_DATE_NONE;
    for (size_t i = 0; i < ntm_register_act_count(r->villages_registered); i++) {
        const ntm_act *act = ntm_register_act(r->villages_registered, i);
        if (!same(cell_of(act->unit), village) || act->on < last) continue;
        if (act->on > r->day) {
            if (found == NOT_SIGNED) found = SIGNED_LATER;
            continue;
        }
        last = act->on;
        found = act->kind == NTM_ACT_REGISTERED ? SIGNED : GAVE_UP;
    }
    return found;
}

/* Why a criterion is open: what of it nobody has read, and what villages have not said. */
static void print_why_open(const report *r, const ntm_criterion *criterion, const bool *counted) {
    const ntm_set *set = r->areas.set;
    size_t unread = 0, silent = 0;
    for (size_t i = criterion->first_indicator; i < criterion->first_indicator + criterion->indicator_count; i++) {
        const ntm_indicator *indicator = ntm_set_indicator(set, i);
        unread += indicator->rule == 0;
        for (size_t row = 0; row < r->villages.table->rows; row++)
            silent +=
                indicator->rule != 0 && counted[row] && ntm_attainment_indicator(r->areas.result, row, i) == NTM_OPEN;
    }
    if (unread > 0) fputs("  nội dung chưa đọc được", stdout);
    if (silent > 0) printf("; hàng rào xanh: %zu thôn chưa báo cáo", silent);
    putchar('\n');
}

static void area_criteria(const report *r, const bool *counted) {
    const ntm_set *set = r->areas.set;
    left_text("Tiêu chí (chỉ các thôn đã đăng ký)", 54);
    right("đạt", 6);
    right("chưa đạt", 10);
    right("để ngỏ", 8);
    puts("  vì");
    for (size_t i = 0; i < ntm_set_criterion_count(set); i++) {
        const ntm_criterion *criterion = ntm_set_criterion(set, i);
        uint64_t verdicts[3] = {0, 0, 0};
        for (size_t row = 0; row < r->villages.table->rows; row++)
            if (counted[row]) verdicts[ntm_attainment_criterion(r->areas.result, row, i)]++;
        printf("  %2s. ", criterion->id);
        left_text(criterion->name.vi, 48);
        right_number(verdicts[NTM_MET], 6);
        right_number(verdicts[NTM_NOT_MET], 10);
        right_number(verdicts[NTM_OPEN], 8);
        print_why_open(r, criterion, counted);
    }
}

/* The one figure that was read: those who miss it, told by the library. */
static bool fences(report *r, const bool *counted) {
    size_t fence = ntm_set_find_indicator(r->areas.set, "3.green-fence");
    uint64_t verdicts[3] = {0, 0, 0};
    for (size_t row = 0; row < r->villages.table->rows; row++)
        if (counted[row]) verdicts[ntm_attainment_indicator(r->areas.result, row, fence)]++;
    const ntm_figure *least =
        ntm_set_figure(r->areas.set, ntm_set_find_figure(r->areas.set, "green-fence-share-least"));
    printf("Riêng hàng rào xanh từ %" PRId64 "%% (con số duy nhất đọc được): đạt %" PRIu64 ", chưa đạt %" PRIu64
           ", chưa báo cáo %" PRIu64 ".\n",
           least->values[0].value.coefficient, verdicts[NTM_MET], verdicts[NTM_NOT_MET], verdicts[NTM_OPEN]);
    for (size_t row = 0; row < r->villages.table->rows; row++) {
        if (!counted[row] || ntm_attainment_indicator(r->areas.result, row, fence) != NTM_NOT_MET) continue;
        cell village = text_at(r->villages.table, "village", row), name = text_at(r->villages.table, "name", row);
        printf("  %.*s, %.*s, ", village.size, village.text, name.size, name.text);
        print_commune(r, text_at(r->villages.table, "commune", row));
        putchar('\n');
        if (!explain_line(r, &r->areas, r->villages.table, row, NTM_OF_INDICATOR, fence)) return false;
    }
    return true;
}

enum { VILLAGES_MOST = 1000 };

static bool areas_page(report *r) {
    bool counted[VILLAGES_MOST] = {false};
    uint64_t signings[SIGNINGS] = {0}, verdicts[3] = {0, 0, 0};
    size_t rows = r->villages.table->rows < VILLAGES_MOST ? r->villages.table->rows : VILLAGES_MOST;
    cell printed = printed_of(r, "model-villages-registered");
    heading("10. Khu dân cư nông thôn mới kiểu mẫu", true);
    for (size_t row = 0; row < rows; row++) {
        signing found = signing_of(r, text_at(r->villages.table, "village", row));
        signings[found]++;
        counted[row] = found == SIGNED;
        if (counted[row]) verdicts[ntm_attainment_status(r->areas.result, row)]++;
    }
    printf("Số thật của phiên họp: “%.*s” đăng ký. Dưới đây là %zu thôn minh họa.\n", printed.size, printed.text, rows);
    printf("Theo sổ đăng ký đến hết ngày 25/2/2020: %" PRIu64 " thôn đăng ký, %" PRIu64 " thôn đã rút, %" PRIu64
           " thôn chưa đăng ký, %" PRIu64 " thôn đăng ký sau phiên họp (chưa tính).\n",
           signings[SIGNED], signings[GAVE_UP], signings[NOT_SIGNED], signings[SIGNED_LATER]);
    printf("%s (tên do chúng tôi đặt; bản tạm thời tháng 8/2014, %zu tiêu chí; số và ngày hiệu lực\n"
           "chưa đọc được nên lấy theo tên, không theo ngày).\n\n",
           ntm_set_about(r->areas.set)->title.vi, ntm_set_criterion_count(r->areas.set));
    area_criteria(r, counted);
    printf("\nKết luận: đạt %" PRIu64 ", chưa đạt %" PRIu64 ", để ngỏ %" PRIu64
           ". Chưa thôn nào có thể kết luận là đạt: các tiêu chí mới đọc được tên,\n"
           "và điều kiện “%s” chưa rõ gồm những tiêu chí nào.\n",
           verdicts[NTM_MET], verdicts[NTM_NOT_MET], verdicts[NTM_OPEN],
           ntm_set_precondition(r->areas.set, 0)->name.vi);
    return fences(r, counted);
}

bool villages_pages(report *r) { return gardens_page(r) && areas_page(r); }
