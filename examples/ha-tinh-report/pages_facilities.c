/* SPDX-License-Identifier: Apache-2.0 */
/* Section 22: facilities of merged communes against what is asked: surplus and lack, both shown. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "report.h"

enum { KINDS = 5 };
static const char *const facts[KINDS] = {"headquarters", "health-stations", "culture-houses", "sports-grounds",
                                         "village-culture-houses"};

/* Of one kind over all units. */
typedef struct total {
    uint64_t surplus, lack;               /* things */
    uint64_t with_surplus, lacking, open; /* units */
} total;

/* The comparison itself among the steps: the one that tells how much is lacking or to spare. */
static const ntm_step *comparison(const ntm_explanation *explanation) {
    for (size_t i = 0; i < ntm_explanation_steps(explanation); i++) {
        const ntm_step *step = ntm_explanation_step(explanation, i);
        if (step->gap != NULL || step->surplus != NULL) return step;
    }
    return NULL;
}

static bool print_kind(report *r, total *sum, size_t unit, size_t kind) {
    const ntm_table *table = ntm_rolled_table(r->merged.after);
    ntm_explanation *explanation = NULL;
    ntm_range range;
    char have[64], text[160];
    if (ntm_explain(&explanation, r->facilities.plan, table, unit, NTM_OF_INDICATOR, kind, NULL, &r->err) != NTM_OK)
        return false;
    const ntm_step *step = comparison(explanation);
    bool done = ntm_rolled_range(&range, r->merged.after, facts[kind], unit, &r->err) == NTM_OK &&
                range_text(r, have, sizeof have, range, 0);
    if (done && step == NULL) {
        sum->open++;
        (void)snprintf(text, sizeof text, known_range(range) ? "%s (chưa rõ)" : "%s", have);
        right(text, 15);
    } else if (done) {
        bool lacks = step->gap != NULL;
        uint64_t number = strtoull(lacks ? step->gap : step->surplus, NULL, 10);
        *(lacks ? &sum->lack : &sum->surplus) += number;
        *(lacks ? &sum->lacking : &sum->with_surplus) += number > 0;
        (void)snprintf(text, sizeof text, number == 0 ? "%s (đủ)" : "%s (%s %" PRIu64 ")", have,
                       lacks ? "thiếu" : "dôi", number);
        right(text, 15);
    }
    ntm_explanation_free(explanation);
    return done;
}

static void print_totals(const total *sums) {
    putchar('\n');
    for (size_t kind = 0; kind < KINDS; kind++) {
        static const char *const names[KINDS] = {"trụ sở", "trạm y tế", "nhà văn hóa xã", "sân thể thao",
                                                 "nhà văn hóa thôn"};
        printf("  ");
        left_text(names[kind], 18);
        printf("dôi");
        right_number(sums[kind].surplus, 4);
        printf(" ở");
        right_number(sums[kind].with_surplus, 3);
        printf(" đơn vị; thiếu");
        right_number(sums[kind].lack, 3);
        printf(" ở");
        right_number(sums[kind].lacking, 3);
        printf(" đơn vị; chưa rõ ở");
        right_number(sums[kind].open, 3);
        puts(" đơn vị");
    }
}

bool facilities_page(report *r) {
    total sums[KINDS] = {{0}};
    heading("22. Cơ sở của đơn vị sáp nhập: có bao nhiêu, cần bao nhiêu", true);
    puts(
        "Mỗi xã một trụ sở, một trạm y tế, một nhà văn hóa, một sân thể thao; mỗi thôn một nhà văn hóa: đòi hỏi ấy là minh họa,");
    puts("không phải quy định. Dôi là cơ sở cần bố trí lại để khỏi lãng phí; thiếu là việc còn phải làm.\n");
    left_text("Đơn vị mới", 24);
    static const char *const titles[KINDS] = {"trụ sở", "trạm y tế", "nhà v.h. xã", "sân thể thao", "nhà v.h. thôn"};
    for (size_t kind = 0; kind < KINDS; kind++)
        right(titles[kind], 15);
    putchar('\n');
    for (size_t unit = 0; unit < r->merged.count; unit++) {
        left_text(name_of(r, r->merged.news[unit]), 24);
        for (size_t kind = 0; kind < KINDS; kind++)
            if (!print_kind(r, &sums[kind], unit, kind)) return false;
        putchar('\n');
    }
    print_totals(sums);
    printf("\nLý lẽ từng bước, ví dụ %s:\n", name_of(r, r->merged.news[0]));
    for (size_t kind = 0; kind < KINDS; kind++)
        if (!explain_line(r, &r->facilities, ntm_rolled_table(r->merged.after), 0, NTM_OF_INDICATOR, kind))
            return false;
    return true;
}
