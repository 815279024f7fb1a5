/* SPDX-License-Identifier: Apache-2.0 */
/* Any set over any table: the three kernels say the same, explanations agree with them, and what is reported later never
   turns a verdict round. Input: a set as YAML, a byte 0xff, then bytes that choose day, axes, rows and columns. */
#include <ntm/ntm.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                                                                               \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                                            \
            abort();                                                                                                   \
        }                                                                                                              \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FIELDS_MAX = 48, SLACK = 8 };

/* The bytes that decide, and the blocks that were made from them. */
typedef struct input {
    const uint8_t *at, *end;
    uint64_t random;
    void *blocks[FIELDS_MAX * 5];
    size_t block_count;
} input;

static unsigned take(input *in) { return in->at == in->end ? 0 : *in->at++; }

static uint64_t any(input *in) {
    in->random = in->random * 6364136223846793005u + 1442695040888963407u;
    return in->random >> 33;
}

static void *block(input *in, size_t size) {
    CHECK(in->block_count < sizeof in->blocks / sizeof *in->blocks);
    void *made = calloc(1, size == 0 ? 1 : size);
    CHECK(made != NULL);
    in->blocks[in->block_count++] = made;
    return made;
}

/* ------------------------------------------------------------------------------------------- columns */

/* A number as small and as wild as the column's first byte says. */
static int64_t value_of(input *in, unsigned how) {
    static const int64_t edges[] = {0,         1, -1, 100, 101, 9007199254740993, INT64_MAX, INT64_MIN, INT64_MAX / 2,
                                    1000000007};
    switch (how % 9) {
        case 0:
        case 1: return (int64_t)(any(in) % 101);
        case 2: return (int64_t)(any(in) % 4);
        case 3: return (int64_t)(any(in) % 2001);
        case 4: return (int64_t)(any(in) % 3) + 89;
        case 5: return (int64_t)(any(in) % 30000) + 1;
        case 6: return how >= 240 ? edges[any(in) % 10] : (int64_t)(any(in) % 11) * 10;
        case 7: return 2010 + (int64_t)(any(in) % 16);
        default: return how >= 200 ? (int64_t)(any(in) % 41) - 20 : 50;
    }
}

static void put(char *at, ntm_type type, int64_t value, double divisor) {
    int8_t one = (int8_t)value;
    int16_t two = (int16_t)value;
    int32_t four = (int32_t)value;
    double real = (double)value / divisor;
    int64_t wide[2] = {value, value < 0 ? -1 : 0};
    switch (type) {
        case NTM_TYPE_BYTES: *at = value & 1; break;
        case NTM_TYPE_INT8: memcpy(at, &one, sizeof one); break;
        case NTM_TYPE_INT16: memcpy(at, &two, sizeof two); break;
        case NTM_TYPE_INT32: memcpy(at, &four, sizeof four); break;
        case NTM_TYPE_INT64: memcpy(at, &value, sizeof value); break;
        case NTM_TYPE_DOUBLE: memcpy(at, &real, sizeof real); break;
        default: memcpy(at, wide, sizeof wide); break;
    }
}

/* What the values of a column may be. */
typedef struct range {
    unsigned how; /* see value_of() */
    int64_t more; /* added to each */
    bool whole;
} range;

/* Numbers of any type, side by side or apart, forwards or backwards. */
static ntm_column make_numbers(input *in, ntm_type type, size_t rows, range values) {
    static const size_t sizes[] = {0, 0, 1, 1, 2, 4, 8, 8, 16};
    static const double divisors[] = {1, 1, 10, 100};
    unsigned layout = take(in);
    double divisor = values.whole ? 1 : divisors[layout / 16 % 4];
    size_t size = sizes[type], step = layout % 16 == 1 ? 2 * size : size;
    ntm_column column = NTM_COLUMN_INIT;
    column.type = type;
    column.length = rows;
    column.stride_bytes = layout % 16 == 0 ? 0 : (int64_t)step;
    char *data = block(in, step * (rows + 1));
    double nan = strtod("nan", NULL);
    for (size_t row = 0; row < rows; row++)
        put(data + row * step, type, value_of(in, values.how) + values.more, divisor);
    column.data = data;
    if (layout % 16 == 2 && rows > 0) {
        column.data = data + step * (rows - 1);
        column.stride_bytes = -(int64_t)step;
    }
    column.nan_not_reported = layout % 2 == 0;
    if (type == NTM_TYPE_DOUBLE && layout >= 240 && rows > 0) memcpy(data + any(in) % rows * step, &nan, sizeof nan);
    if (type >= NTM_TYPE_INT8 && type != NTM_TYPE_DOUBLE && layout >= 128 && !values.whole)
        column.scale = (uint8_t)(take(in) % 4);
    return column;
}

static ntm_column make_bits(input *in, size_t rows) {
    ntm_column column = NTM_COLUMN_INIT;
    column.type = NTM_TYPE_BITS;
    column.length = rows;
    column.bit_offset = take(in) % 20;
    uint8_t *bits = block(in, (column.bit_offset + rows + 7) / 8);
    for (size_t at = 0; at < (column.bit_offset + rows + 7) / 8; at++)
        bits[at] = (uint8_t)any(in);
    column.data = bits;
    return column;
}

/* One of some words in each row, as text or as codes; sometimes one that is none of them. */
static ntm_column make_words(input *in, const char *const *words, size_t count, size_t rows) {
    static const char *const none[] = {"nothing"};
    unsigned how = take(in);
    if (count == 0) {
        words = none;
        count = 1;
    }
    if (how % 2 == 0) {
        int32_t *codes = block(in, rows * sizeof *codes);
        for (size_t row = 0; row < rows; row++)
            codes[row] = (int32_t)(any(in) % (count + (how >= 128))) - (how >= 128);
        return ntm_column_codes(codes, rows, words, count);
    }
    ntm_column column = NTM_COLUMN_INIT;
    int32_t *offsets = block(in, (rows + 1) * sizeof *offsets);
    size_t longest = 8;
    for (size_t at = 0; at < count; at++)
        if (strlen(words[at]) > longest) longest = strlen(words[at]);
    char *text = block(in, rows * longest);
    for (size_t row = 0; row < rows; row++) {
        const char *word = how >= 250 && any(in) % rows == 0 ? "other" : words[any(in) % count];
        memcpy(text + offsets[row], word, strlen(word));
        offsets[row + 1] = offsets[row] + (int32_t)strlen(word);
    }
    column.type = NTM_TYPE_TEXT;
    column.length = rows;
    column.data = offsets;
    column.text = text;
    return column;
}

static const uint8_t *make_mask(input *in, size_t *offset, size_t rows, bool mostly) {
    *offset = take(in) % 20;
    uint8_t *bits = block(in, (*offset + rows + 7) / 8);
    for (size_t at = 0; at < (*offset + rows + 7) / 8; at++)
        bits[at] = (uint8_t)(mostly ? any(in) | any(in) : any(in) & any(in));
    return bits;
}

/* The fact that an input's name speaks of: "past:recognition:income", "trained[female]". */
static const ntm_fact *fact_of(const ntm_set *set, const char *name) {
    char id[128];
    const char *colon = strrchr(name, ':');
    const char *start = colon == NULL ? name : colon + 1;
    size_t size = strcspn(start, "[");
    if (size >= sizeof id || strncmp(name, "children:", 9) == 0 || strncmp(name, "figure:", 7) == 0) return NULL;
    memcpy(id, start, size);
    id[size] = '\0';
    return ntm_set_fact(set, ntm_set_find_fact(set, id));
}

static const ntm_axis *axis_of(const ntm_set *set, const char *name) {
    for (size_t at = 0; at < ntm_set_axis_count(set); at++)
        if (strcmp(ntm_set_axis(set, at)->id, name) == 0) return ntm_set_axis(set, at);
    return NULL;
}

/* Values that pass the checks of the data, unless `how` asks for wild ones. */
static range range_of(const ntm_set *set, const char *name, unsigned how) {
    const ntm_fact *fact = fact_of(set, name);
    range values = {how, 0, strncmp(name, "children:", 9) == 0};
    if (strcmp(name, "year") == 0) return (range){7, 0, true};
    if (how >= 230 || fact == NULL) return values;
    values.whole = fact->kind == NTM_KIND_COUNT || fact->kind == NTM_KIND_DATE;
    if (fact->kind == NTM_KIND_SHARE) values.how = how % 5 == 3 ? 0 : how % 5;
    if (fact->kind == NTM_KIND_DATE) values.more = 18262;
    bool free = (fact->kind == NTM_KIND_AMOUNT || fact->kind == NTM_KIND_MONEY) && !fact->has_least && !fact->has_most;
    if (free && how >= 180) values.how = 249; /* as large as numbers get */
    for (size_t at = 0; at < ntm_set_fact_count(set); at++) {
        const char *whole = ntm_set_fact(set, at)->part_of;
        if (whole != NULL && strcmp(whole, fact->id) == 0)
            values = (range){how % 5 == 3 ? 0 : how % 5, fact->part_of == NULL ? 6 : 3, true};
    }
    if (fact->part_of != NULL) values = (range){2, values.more, true};
    return values;
}

static ntm_column make_column(input *in, const ntm_set *set, const char *name, size_t rows) {
    static const ntm_type types[] = {NTM_TYPE_INT64, NTM_TYPE_DOUBLE,     NTM_TYPE_INT32, NTM_TYPE_INT16,
                                     NTM_TYPE_INT8,  NTM_TYPE_DECIMAL128, NTM_TYPE_INT64, NTM_TYPE_DOUBLE};
    static const char *const words[] = {"BTB", "2019", "khá"};
    unsigned how = take(in), type = take(in);
    const ntm_axis *axis = axis_of(set, name);
    const ntm_fact *fact = fact_of(set, name);
    in->random ^= how * 0x9e3779b97f4a7c15u + type;
    if (type >= 252) return type % 2 == 0 ? make_words(in, words, 3, rows) : make_bits(in, rows);
    if (axis != NULL && (strcmp(name, "year") != 0 || type % 2 == 0))
        return make_words(in, axis->values, axis->value_count, rows);
    if (fact != NULL && fact->kind == NTM_KIND_LEVEL) return make_words(in, fact->levels, fact->level_count, rows);
    bool flag = (fact != NULL && fact->kind == NTM_KIND_FLAG) || strncmp(name, "holds:", 6) == 0;
    if (flag && type < 245)
        return type % 2 == 0 ? make_bits(in, rows) : make_numbers(in, NTM_TYPE_BYTES, rows, (range){how, 0, true});
    return make_numbers(in, types[axis != NULL ? 2 : type % 8], rows, range_of(set, name, how));
}

static bool is_fixed(const ntm_plan_options *options, const char *name) {
    for (size_t at = 0; at < options->axis_count; at++)
        if (strcmp(options->axes[at].axis, name) == 0) return true;
    return false;
}

/* Columns for the plan's inputs; some are left out, some rows are not reported or not applicable. */
static void make_table(input *in, ntm_table *table, ntm_field *fields, const ntm_plan *plan,
                       const ntm_plan_options *options) {
    static const size_t sizes[] = {1, 0, 2, 7, 63, 64, 65, 130, 3, 300, 5, 17, 4095, 4096, 4097, 4200};
    unsigned byte = take(in);
    *table = (ntm_table)NTM_TABLE_INIT;
    table->rows = sizes[byte < 240 ? byte % 12 : byte % 16];
    table->fields = fields;
    for (size_t at = 0; at < ntm_plan_input_count(plan) && table->field_count < FIELDS_MAX; at++) {
        unsigned how = take(in);
        if (how % 16 == 15 || (how < 240 && is_fixed(options, ntm_plan_input(plan, at)))) continue;
        ntm_field *field = &fields[table->field_count++];
        *field = (ntm_field){ntm_plan_input(plan, at),
                             make_column(in, ntm_plan_set(plan), ntm_plan_input(plan, at), table->rows)};
        ntm_column *column = &field->column;
        if (how % 4 >= 2) column->validity = make_mask(in, &column->validity_offset, table->rows, how % 4 == 3);
        if (how / 16 % 4 == 3)
            column->not_applicable = make_mask(in, &column->not_applicable_offset, table->rows, false);
    }
    if (byte == 255 && table->field_count < FIELDS_MAX)
        fields[table->field_count++] = (ntm_field){"a-column-that-nobody-knows", make_bits(in, table->rows)};
}

/* ------------------------------------------------------------------------------------------- the properties */

static void check_error(ntm_status status, const ntm_error *err) {
    CHECK(status != NTM_ERROR_MEMORY && err->status == status && err->message[0] != '\0');
    CHECK(memchr(err->message, '\0', sizeof err->message) != NULL && strchr(err->message, '\n') == NULL);
    CHECK(memchr(err->subject, '\0', sizeof err->subject) != NULL);
}

static size_t parts_of(const ntm_set *set, ntm_of of) {
    if (of == NTM_OF_CRITERION) return ntm_set_criterion_count(set);
    if (of == NTM_OF_INDICATOR) return ntm_set_indicator_count(set);
    if (of == NTM_OF_PRECONDITION) return ntm_set_precondition_count(set);
    return 1;
}

static ntm_verdict verdict_at(const ntm_attainment *a, size_t row, ntm_of of, size_t index) {
    switch (of) {
        case NTM_OF_STATUS: return ntm_attainment_status(a, row);
        case NTM_OF_CRITERIA_STATUS: return ntm_attainment_criteria_status(a, row);
        case NTM_OF_REVOCATION: return ntm_attainment_revocation(a, row);
        case NTM_OF_CRITERION: return ntm_attainment_criterion(a, row, index);
        case NTM_OF_INDICATOR: return ntm_attainment_indicator(a, row, index);
        case NTM_OF_PRECONDITION: return ntm_attainment_precondition(a, row, index);
    }
    return NTM_OPEN;
}

static bool inside(ntm_bounds inner, ntm_bounds outer) {
    return inner.least >= outer.least && inner.most <= outer.most;
}

static int order(ntm_fraction a, ntm_fraction b) {
    __extension__ typedef __int128 wide;
    wide left = (wide)a.numerator * b.denominator, right = (wide)b.numerator * a.denominator;
    return left < right ? -1 : left > right;
}

/* b lies in a. */
static bool within(ntm_range a, ntm_range b) {
    bool below = a.least.denominator != 0 && (b.least.denominator == 0 || order(b.least, a.least) < 0);
    bool above = a.most.denominator != 0 && (b.most.denominator == 0 || order(b.most, a.most) > 0);
    return !below && !above;
}

/* Kept values: the same, or narrower when b knows more. Both are kept or neither is. */
static void compare_values(const ntm_set *set, const ntm_attainment *a, const ntm_attainment *b, bool more) {
    for (size_t at = 0; at <= ntm_set_value_count(set); at++) {
        size_t index = at < ntm_set_value_count(set) ? at : NTM_SCORE;
        const ntm_range *left = NULL, *right = NULL;
        ntm_status status = ntm_attainment_values(&left, a, index, NULL);
        CHECK(ntm_attainment_values(&right, b, index, NULL) == status);
        for (size_t row = 0; status == NTM_OK && row < ntm_attainment_rows(a); row++) {
            ntm_range one;
            CHECK(ntm_attainment_value(&one, a, row, index, NULL) == NTM_OK);
            CHECK(within(one, left[row]) && within(left[row], one));
            CHECK(one.least.denominator == 0 || one.most.denominator == 0 || order(one.least, one.most) <= 0);
            CHECK(within(one, right[row]) && (more || within(right[row], one)));
        }
    }
}

/* The results agree; or, when b knows more, b stands by all that a has decided. */
static void compare(const ntm_set *set, const ntm_attainment *a, const ntm_attainment *b, bool more) {
    CHECK(ntm_attainment_rows(a) == ntm_attainment_rows(b));
    compare_values(set, a, b, more);
    for (size_t row = 0; row < ntm_attainment_rows(a); row++) {
        ntm_bounds met = ntm_attainment_criteria_met(a, row), grade = ntm_attainment_grade(a, row);
        CHECK(met.least <= met.most && met.most <= ntm_set_criterion_count(set) && grade.least <= grade.most);
        CHECK(inside(ntm_attainment_criteria_met(b, row), met) && inside(ntm_attainment_grade(b, row), grade));
        CHECK(more || inside(met, ntm_attainment_criteria_met(b, row)));
        CHECK(more || inside(grade, ntm_attainment_grade(b, row)));
        for (int of = NTM_OF_STATUS; of <= NTM_OF_PRECONDITION; of++)
            for (size_t index = 0; index < parts_of(set, (ntm_of)of); index++) {
                ntm_verdict left = verdict_at(a, row, (ntm_of)of, index), right = verdict_at(b, row, (ntm_of)of, index);
                CHECK(left == right || (more && left == NTM_OPEN));
            }
    }
}

static void check_columns(const ntm_set *set, const ntm_attainment *a) {
    size_t rows = ntm_attainment_rows(a);
    uint8_t *column = malloc(rows == 0 ? 1 : rows);
    CHECK(column != NULL);
    for (int of = NTM_OF_STATUS; of <= NTM_OF_PRECONDITION; of++)
        for (size_t index = 0; index < parts_of(set, (ntm_of)of); index++) {
            uint64_t counts[3] = {0, 0, 0};
            ntm_tally tally;
            CHECK(ntm_attainment_verdicts(column, rows, a, (ntm_of)of, index, NULL) == NTM_OK);
            for (size_t row = 0; row < rows; row++) {
                CHECK(column[row] <= NTM_NOT_MET && column[row] == (uint8_t)verdict_at(a, row, (ntm_of)of, index));
                counts[column[row]]++;
            }
            CHECK(ntm_attainment_tally(&tally, a, (ntm_of)of, index, NULL) == NTM_OK);
            CHECK(tally.open == counts[0] && tally.met == counts[1] && tally.not_met == counts[2]);
        }
    free(column);
}

static void check_export(const ntm_attainment *a) {
    struct ArrowSchema schema;
    struct ArrowArray array;
    ntm_arrow_table *table = NULL;
    size_t rows[SLACK], count = 0, criteria = SIZE_MAX;
    CHECK(ntm_attainment_export(&schema, &array, a, NULL, NULL) == NTM_OK);
    CHECK(ntm_arrow_import(&table, &schema, &array, NULL, NULL) == NTM_OK);
    const ntm_table *batch = ntm_arrow_table_get(table);
    CHECK(batch->rows == ntm_attainment_rows(a) && ntm_table_find(batch, "status") != NULL);
    const ntm_column *status = &ntm_table_find(batch, "status")->column;
    for (size_t row = 0; row < batch->rows; row++) {
        ntm_decimal value = {NTM_OPEN, 0};
        if (ntm_column_known(status, row) == NTM_REPORTED)
            CHECK(ntm_column_decimal(&value, status, row, NULL) == NTM_OK);
        CHECK(value.coefficient == (int64_t)ntm_attainment_status(a, row));
    }
    ntm_arrow_table_free(table);
    CHECK(ntm_attainment_near_misses(rows, &count, SLACK, a, criteria, NULL) == NTM_OK && count <= SLACK);
    for (size_t at = 0; at < count; at++)
        CHECK(rows[at] < ntm_attainment_rows(a) && ntm_attainment_status(a, rows[at]) != NTM_MET);
}

static void check_texts(const ntm_explanation *explanation) {
    for (int language = NTM_VI; language <= NTM_EN; language++) {
        ntm_text *line = NULL, *tree = NULL;
        CHECK(ntm_explanation_line(&line, explanation, (ntm_language)language, NULL, NULL) == NTM_OK);
        CHECK(ntm_explanation_tree(&tree, explanation, (ntm_language)language, NULL, NULL) == NTM_OK);
        CHECK(strlen(ntm_text_data(line)) == ntm_text_size(line) && ntm_text_size(line) > 0);
        CHECK(strlen(ntm_text_data(tree)) == ntm_text_size(tree) && ntm_text_size(tree) > 0);
        ntm_text_free(line);
        ntm_text_free(tree);
    }
}

static void check_explanation(const ntm_plan *plan, const ntm_table *table, const ntm_attainment *a, size_t row,
                              ntm_of of, size_t index) {
    ntm_explanation *explanation = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_explain(&explanation, plan, table, row, of, index, NULL, &err);
    if (status != NTM_OK) fprintf(stderr, "explain: %s: %s\n", err.subject, err.message);
    if (of == NTM_OF_REVOCATION && status == NTM_ERROR_NOT_FOUND) return; /* a set without such a rule */
    CHECK(status == NTM_OK && ntm_explanation_steps(explanation) > 0);
    const ntm_step *root = ntm_explanation_step(explanation, 0);
    CHECK(root->depth == 0 && root->is_condition && root->verdict == verdict_at(a, row, of, index));
    uint32_t before = 0;
    for (size_t at = 1; at < ntm_explanation_steps(explanation); at++) {
        const ntm_step *step = ntm_explanation_step(explanation, at);
        CHECK(step->depth >= 1 && step->depth <= before + 1);
        CHECK((step->least == NULL || step->least[0] != '\0') && (step->most == NULL || step->most[0] != '\0'));
        before = step->depth;
    }
    CHECK(ntm_explanation_step(explanation, ntm_explanation_steps(explanation)) == NULL);
    check_texts(explanation);
    ntm_explanation_free(explanation);
}

static void explain_some(input *in, const ntm_plan *plan, const ntm_table *table, const ntm_attainment *a) {
    const ntm_set *set = ntm_plan_set(plan);
    ntm_node revocation = 0; /* without such a rule there is nothing to explain */
    ntm_set_rules(set, NULL, &revocation, NULL);
    for (int turn = 0; turn < 2 && table->rows > 0; turn++) {
        size_t row = any(in) % table->rows;
        for (int of = NTM_OF_STATUS; of <= NTM_OF_PRECONDITION; of++) {
            size_t parts = parts_of(set, (ntm_of)of);
            if (of == NTM_OF_REVOCATION && revocation == 0) continue;
            if (parts > 0) check_explanation(plan, table, a, row, (ntm_of)of, any(in) % parts);
        }
    }
    for (size_t at = 0; at < ntm_set_indicator_count(set) && at < 3 && table->rows > 0; at++)
        check_explanation(plan, table, a, 0, NTM_OF_INDICATOR, at);
}

/* What is missing is reported: columns of children may then contradict each other and are left out of it. */
static void check_more(const ntm_plan *plan, const ntm_table *table, const ntm_attainment *before,
                       ntm_evaluate_options options) {
    ntm_field fields[FIELDS_MAX];
    ntm_table known = *table;
    ntm_attainment *after = NULL;
    for (size_t at = 0; at < table->field_count; at++) {
        if (strncmp(table->fields[at].name, "children:", 9) == 0) return;
        fields[at] = table->fields[at];
        fields[at].column.validity = NULL;
    }
    known.fields = fields;
    if (ntm_evaluate(&after, plan, &known, &options, NULL) == NTM_OK) compare(ntm_plan_set(plan), before, after, true);
    ntm_attainment_free(after);
}

/* ------------------------------------------------------------------------------------------- running */

typedef struct outcome {
    ntm_status status;
    ntm_error err;
    size_t found;
    ntm_attainment *result;
} outcome;

static outcome evaluate(const ntm_plan *plan, const ntm_table *table, ntm_evaluate_options options) {
    outcome o = {NTM_OK, NTM_ERROR_INIT, 0, NULL};
    CHECK(ntm_problems_new(&options.problems, 5, NULL, NULL) == NTM_OK);
    o.status = ntm_evaluate(&o.result, plan, table, &options, &o.err);
    o.found = ntm_problems_found(options.problems);
    CHECK((o.status == NTM_OK) == (o.result != NULL));
    if (o.status != NTM_OK)
        check_error(o.status, &o.err);
    else
        CHECK(o.found == 0);
    ntm_problems_free(options.problems);
    return o;
}

static void run(input *in, ntm_plan *const plans[3], const ntm_plan_options *options, ntm_evaluate_options how) {
    ntm_field fields[FIELDS_MAX];
    ntm_table table;
    outcome outcomes[3];
    make_table(in, &table, fields, plans[0], options);
    for (int at = 0; at < 3; at++)
        outcomes[at] = evaluate(plans[at], &table, how);
    for (int at = 0; at < 2; at++) {
        if (outcomes[at].status != outcomes[2].status || outcomes[at].err.row != outcomes[2].err.row)
            fprintf(stderr, "kernels %d: %s: %s\nreference: %s: %s\n", at, outcomes[at].err.subject,
                    outcomes[at].err.message, outcomes[2].err.subject, outcomes[2].err.message);
        CHECK(outcomes[at].status == outcomes[2].status && outcomes[at].err.row == outcomes[2].err.row);
        if (outcomes[2].status == NTM_OK)
            compare(ntm_plan_set(plans[2]), outcomes[at].result, outcomes[2].result, false);
    }
    if (outcomes[2].status == NTM_OK) {
        check_columns(ntm_plan_set(plans[0]), outcomes[0].result);
        check_export(outcomes[1].result);
        check_more(plans[0], &table, outcomes[0].result, how);
        explain_some(in, plans[any(in) % 3], &table, outcomes[0].result);
    }
    for (int at = 0; at < 3; at++)
        ntm_attainment_free(outcomes[at].result);
}

static void try_set(input *in, const ntm_set *set) {
    ntm_plan *plans[3] = {NULL, NULL, NULL};
    ntm_axis_value axes[8];
    ntm_plan_options options = NTM_PLAN_OPTIONS_INIT;
    unsigned byte = take(in), fixed = take(in);
    ntm_status status = NTM_OK;
    options.on = ntm_date_ymd(2014 + (int)(byte % 13), 6, 15);
    options.out_of_force = byte < 240;
    options.axes = axes;
    options.others = &set; /* figures of "another" set: its own, where it names itself */
    options.other_count = byte / 32 % 2;
    for (size_t at = 0; at < ntm_set_axis_count(set) && at < 8; at++) {
        const ntm_axis *axis = ntm_set_axis(set, at);
        if ((fixed >> at & 1) == 0) continue;
        const char *value = fixed == 255 ? "nowhere" : axis->values[take(in) % axis->value_count];
        axes[options.axis_count++] = (ntm_axis_value){axis->id, value};
    }
    for (int kernels = NTM_KERNELS_BEST; kernels <= NTM_KERNELS_REFERENCE; kernels++) {
        ntm_error err = NTM_ERROR_INIT;
        options.kernels = (ntm_kernels)kernels;
        ntm_status now = ntm_plan_new(&plans[kernels], set, &options, &err);
        CHECK(kernels == 0 || now == status);
        status = now;
        if (status != NTM_OK) check_error(status, &err);
        CHECK((status == NTM_OK) == (plans[kernels] != NULL));
    }
    ntm_evaluate_options how = NTM_EVALUATE_OPTIONS_INIT;
    how.ignore_unknown = byte % 16 != 1;
    how.keep_values = byte % 4 < 2;
    if (status == NTM_OK) run(in, plans, &options, how);
    for (int at = 0; at < 3; at++)
        ntm_plan_free(plans[at]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const uint8_t *mark = size == 0 ? NULL : memchr(data, 0xff, size);
    size_t yaml = mark == NULL ? size : (size_t)(mark - data);
    input in = {.at = data + yaml + (mark != NULL), .end = data + size, .random = 1};
    if (size == 0) in.at = in.end = data;
    ntm_read_options options = NTM_READ_OPTIONS_INIT;
    options.size_max = 32768;
    options.nodes_max = 4000;
    ntm_set *set = NULL;
    if (ntm_set_read(&set, (const char *)data, yaml, "fuzz", &options, NULL) == NTM_OK)
        try_set(&in, set);
    else
        CHECK(set == NULL);
    ntm_set_free(set);
    while (in.block_count > 0)
        free(in.blocks[--in.block_count]);
    return 0;
}
