/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Does a published table add up? Money mobilised for nông thôn mới in 2021 to 2023, with shares as printed: which of the figures
 * do not follow from the others, and what would have to stand there.
 *
 *   mobilised examples/data/reconcile/mobilised-2021-2023.csv
 *
 * The table is real; its source is in its first lines.
 */
#include <ntm/ntm.h>

#include <stdio.h>
#include <string.h>

enum { FIGURE = 64 };

/* Each printed share is that of the amount in the total; each total is the sum of its parts (the column `parent`). */
static const char share[] = "share == 100 * amount / amount[total] rounded half-up 1";

static ntm_status declare(ntm_balance **out, const ntm_table *table, ntm_error *err) {
    static const char *const amounts[] = {"amount"};
    ntm_balance_table_options options = NTM_BALANCE_TABLE_OPTIONS_INIT;
    options.key = "source";
    ntm_status status = ntm_balance_from_table(out, table, &options, err);
    if (status == NTM_OK) status = ntm_balance_declare(*out, share, strlen(share), err);
    if (status == NTM_OK)
        status = ntm_balance_declare_tree(*out, &ntm_table_find(table, "parent")->column, amounts, 1, NULL, err);
    return status;
}

/* "0,9": a figure in Vietnamese style. */
static const char *figure(char text[FIGURE], ntm_decimal value) {
    (void)ntm_decimal_format(text, FIGURE, value, NTM_LOCALE_VI);
    return text;
}

static ntm_status print_violations(const ntm_balance *balance, ntm_error *err) {
    ntm_violation violations[16];
    ntm_balance_count count;
    ntm_status status = ntm_balance_check(violations, 16, &count, balance, err);
    if (status != NTM_OK) return status;
    printf("%zu equations: %zu hold, %zu do not, %zu cannot be told\n", count.equations, count.hold, count.violated,
           count.undecided);
    for (size_t i = 0; i < count.violated && i < 16; i++)
        printf("  %s, %s: off by %lld/%lld\n", violations[i].row_name == NULL ? "several rows" : violations[i].row_name,
               violations[i].name, (long long)violations[i].imbalance.numerator,
               (long long)violations[i].imbalance.denominator);
    return NTM_OK;
}

/* A cell that is likely wrong, and what would have to stand there. Nothing is repaired. */
static void print_suspect(const ntm_balance *balance, const ntm_location *location, size_t group, size_t set,
                          size_t index) {
    char stated[FIGURE], right[FIGURE];
    ntm_suspect suspect = ntm_location_suspect(location, group, set, index);
    ntm_balance_cell cell = ntm_balance_cell_get(balance, suspect.cell);
    printf("    %s of %s: printed %s\n", cell.column, cell.row, figure(stated, cell.value));
    for (size_t c = 0; c < suspect.causes; c++) {
        ntm_suspicion cause = ntm_location_suspicion(location, group, set, index, c);
        printf("      %s: would be %s\n", ntm_cause_name(cause.cause), figure(right, cause.value));
    }
}

static ntm_status print_location(const ntm_balance *balance, ntm_error *err) {
    ntm_location *location = NULL;
    ntm_status status = ntm_locate(&location, balance, NULL, err);
    for (size_t g = 0; g < ntm_location_group_count(location); g++) {
        ntm_located_group group = ntm_location_group(location, g);
        if (!group.exact)
            printf("the search stopped early: at least %zu cells are wrong\n", group.least_size);
        else
            printf("at least %zu cells are wrong; sets of so many that explain everything: %zu\n", group.size,
                   group.explanations);
        for (size_t e = 0; e < group.explanations && e < 3; e++) {
            printf("  set %zu\n", e + 1);
            for (size_t i = 0; i < group.size; i++)
                print_suspect(balance, location, g, e, i);
        }
    }
    ntm_location_free(location);
    return status;
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: %s TABLE   (examples/data/reconcile/mobilised-2021-2023.csv)\n", argv[0]);
        return 2;
    }
    const ntm_csv_field fields[] = {
        {.header = "source", .kind = NTM_CSV_CODES},
        {.header = "parent", .kind = NTM_CSV_CODES},
        {.header = "amount", .kind = NTM_CSV_NUMBER, .locale = NTM_LOCALE_PLAIN},
        {.header = "share", .kind = NTM_CSV_NUMBER, .locale = NTM_LOCALE_PLAIN, .scale = 1}};
    ntm_error err = NTM_ERROR_INIT;
    ntm_csv *csv = NULL;
    ntm_balance *balance = NULL;
    if (ntm_csv_open(&csv, argv[1], fields, 4, NULL, &err) || declare(&balance, ntm_csv_table(csv), &err) ||
        print_violations(balance, &err) || print_location(balance, &err))
        fprintf(stderr, "%s: %s: %s\n", ntm_status_name(err.status), err.subject, err.message);
    ntm_balance_free(balance);
    ntm_csv_free(csv);
    return err.status != NTM_OK;
}
