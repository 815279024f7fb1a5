/* SPDX-License-Identifier: Apache-2.0 */
/* Section 24: the province by the rules of 2021-2025, from the facts of communes upward. A look ahead. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "report.h"

static const ntm_axis_value region = {"region", "BTB"};

enum { COMMUNES, ADVANCED, DISTRICTS, DISTRICTS_ADVANCED, TOWNS, PROVINCE, STEPS };

static bool build(report *r, ntm_cascade **out) {
    static const char *const ids[STEPS] = {NULL,
                                           "commune-advanced-2021-2025",
                                           "district-ntm-2021-2025",
                                           "district-advanced-2021-2025",
                                           "town-ntm-2021-2025",
                                           "province-ntm-2021-2025"};
    ntm_cascade_step steps[STEPS];
    ntm_cascade_options options = NTM_CASCADE_OPTIONS_INIT;
    options.on = r->day;
    options.within = r->province;
    options.out_of_force = true;   /* the sets are of 2022 */
    options.ignore_unknown = true; /* facts that only the set of 2016-2020 asks for */
    for (size_t i = 0; i < STEPS; i++) {
        steps[i] = (ntm_cascade_step)NTM_CASCADE_STEP_INIT;
        steps[i].set = ids[i] == NULL ? r->next_with_recalled : ntm_catalogue_get(r->catalogue, ids[i]);
    }
    steps[COMMUNES].table = steps[ADVANCED].table = r->facts.table;
    steps[COMMUNES].axes = steps[ADVANCED].axes = &region;
    steps[COMMUNES].axis_count = steps[ADVANCED].axis_count = 1;
    steps[PROVINCE].table = r->province_facts.table;
    return ntm_cascade_new(out, r->registry, steps, STEPS, &options, &r->err) == NTM_OK;
}

/* The place of a count among those of the province; SIZE_MAX when it does not count under that name. */
static size_t count_named(const ntm_cascade *cascade, const char *name) {
    for (size_t i = 0; i < ntm_cascade_count_count(cascade, PROVINCE); i++)
        if (strcmp(ntm_cascade_count_name(cascade, PROVINCE, i), name) == 0) return i;
    return SIZE_MAX;
}

static bool criterion_line(report *r, const ntm_cascade *cascade, size_t index) {
    static const char *const counted[] = {"ntm-districts", "completed-towns", "advanced-districts",
                                          "advanced-communes"};
    const ntm_set *set = r->by_province_set.set;
    const ntm_criterion *criterion = ntm_set_criterion(set, index);
    char text[300];
    (void)snprintf(text, sizeof text, "%s. %s", criterion->id, criterion->name.vi);
    left_text(text, 99);
    right(verdict_word(ntm_attainment_criterion(ntm_cascade_result(cascade, PROVINCE), 0, index)), 9);
    if (index < sizeof counted / sizeof *counted) {
        ntm_child_counts counts;
        if (ntm_cascade_counts(&counts, cascade, PROVINCE, count_named(cascade, counted[index]), 0, &r->err) != NTM_OK)
            return false;
        right_bounds((ntm_bounds){counts.met, counts.met + counts.open}, 8);
        printf("/%" PRIu64, counts.total);
    }
    putchar('\n');
    return true;
}

enum { TREE_LINES = 40 };

/* The lines that tell what is surely lacking, the first of them; how many more there are. */
static void print_lacking(const char *text, size_t most) {
    static const char open_line[] = " chưa có số liệu: ";
    size_t lines = 0, left_out = 0;
    while (*text != '\0') {
        const char *end = strchr(text, '\n'), *open = strstr(text, open_line);
        size_t size = end == NULL ? strlen(text) : (size_t)(end - text);
        bool is_open = open != NULL && open < text + size;
        if (!is_open && lines++ < most)
            printf("  %.*s\n", (int)size, text);
        else
            left_out += !is_open;
        text += size + (end != NULL);
    }
    if (left_out > 0) printf("  … còn %zu dòng\n", left_out);
}

bool province_page(report *r) {
    ntm_cascade *cascade = NULL;
    ntm_text *tree = NULL;
    heading("24. Nhìn về sau: tỉnh theo Quyết định 321/QĐ-TTg, giai đoạn 2021-2025", true);
    puts(
        "Ngày 25/2/2020 chưa ai biết. Từ số liệu của 182 xã lên huyện, thị xã, tỉnh trong một lần tính; huyện và thị xã chưa có số");
    puts("liệu riêng theo bộ ấy nên chỉ thấy phần do các xã quyết định. Cột cuối: chắc chắn – nhiều nhất / tất cả.\n");
    bool done = build(r, &cascade);
    for (size_t i = 0; done && i < ntm_set_criterion_count(r->by_province_set.set); i++)
        done = criterion_line(r, cascade, i);
    done = done && ntm_cascade_tree(&tree, cascade, PROVINCE, 0, NTM_VI, 2, NULL, &r->err) == NTM_OK;
    if (done) {
        puts("\nAi giữ tỉnh lại (nhiều nhất hai đơn vị mỗi chỗ; bỏ các tiêu chí chưa có số liệu):");
        print_lacking(ntm_text_data(tree), TREE_LINES);
    }
    ntm_text_free(tree);
    ntm_cascade_free(cascade);
    return done;
}
