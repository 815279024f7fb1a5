/* SPDX-License-Identifier: Apache-2.0 */
/* YAML that is broken, or that the format does not take. */
#include "documents.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void test_broken(void **state) {
    (void)state;
    static const refused cases[] = {
        {"nothing", "", NTM_ERROR_SYNTAX, 1, 1, "the file is empty", 1},
        {"blank lines and a comment", "\n\n# nothing\n", NTM_ERROR_SYNTAX, 1, 1, "the file is empty", 1},
        {"a document without content", "---\n", NTM_ERROR_SCHEMA, 2, 1, "a map is wanted here, not nothing", 1},
        {"text", "hello\n", NTM_ERROR_SCHEMA, 1, 1, "a map is wanted here, not text", 1},
        {"a list", "- a\n", NTM_ERROR_SCHEMA, 1, 1, "a map is wanted here, not a list", 1},
        {"cut off in brackets", "format: ntm-set/1\ntitle: {vi: x, en: ", NTM_ERROR_SYNTAX, 3, 1,
         "did not find expected node content", 1},
        {"cut off after a comma", "format: ntm-set/1\ntitle: {vi: x,\n", NTM_ERROR_SYNTAX, 3, 1,
         "did not find expected node content", 1},
        {"cut off in quotes", "format: ntm-set/1\nid: \"abc", NTM_ERROR_SYNTAX, 2, 9, "unexpected end of stream", 1},
        {"cut off in a character", "format: ntm-set/1\nid: \xe1\xba", NTM_ERROR_SYNTAX, 2, 5, "0xE1 is not UTF-8", 1},
        {"not UTF-8", "format: ntm-set/1\nnote: \xe1\xba\xa3\xff\n", NTM_ERROR_SYNTAX, 2, 8, "0xFF is not UTF-8", 1},
        {"UTF-16", "\xff\xfe", NTM_ERROR_SYNTAX, 1, 1, "0xFF is not UTF-8", 1},
        {"a control character",
         "format: ntm-set/1\nid: a\x01"
         "b\n",
         NTM_ERROR_SYNTAX, 2, 6, "control characters are not allowed", 1},
        {"a tab for indenting", "format: ntm-set/1\nfacts:\n\ta: {kind: flag}\n", NTM_ERROR_SYNTAX, 3, 1,
         "cannot start any token", 1},
        {"a stray bracket", "format: ntm-set/1\nfacts: }\n", NTM_ERROR_SYNTAX, 2, 8, "did not find expected", 1},
        {"bad indenting", "format: ntm-set/1\n  id: x\n", NTM_ERROR_SYNTAX, 2, 5, "mapping values are not allowed", 1},
    };
    documents_refuse(cases, sizeof cases / sizeof cases[0]);
}

static void test_not_taken(void **state) {
    (void)state;
    static const refused cases[] = {
        {"an anchor", HEAD "facts: &f {a: {kind: flag}}\ncriteria: [{id: \"1\"}]\n", NTM_ERROR_SYNTAX, 8, 8, "anchors",
         1},
        {"an alias", HEAD "facts: *f\ncriteria: [{id: \"1\"}]\n", NTM_ERROR_SYNTAX, 8, 8, "aliases", 1},
        {"an alias as a key", HEAD "*f : x\ncriteria: [{id: \"1\"}]\n", NTM_ERROR_SYNTAX, 8, 1, "aliases", 1},
        {"a thousand laughs", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", NTM_ERROR_SYNTAX, 1, 4, "anchors", 16},
        {"a tag", HEAD "note: !!str x\ncriteria: [{id: \"1\"}]\n", NTM_ERROR_SYNTAX, 8, 7, "tags", 1},
        {"a tag of one's own", HEAD "facts: !f {}\ncriteria: [{id: \"1\"}]\n", NTM_ERROR_SYNTAX, 8, 8, "tags", 1},
        {"the tag that says nothing", HEAD "note: ! x\ncriteria: [{id: \"1\"}]\n", NTM_ERROR_SYNTAX, 8, 7, "tags", 1},
        {"a merge key", HEAD "<<: {note: x}\ncriteria: [{id: \"1\"}]\n", NTM_ERROR_SYNTAX, 8, 1, "merge key", 1},
        {"a list as a key", HEAD "[a, b]: x\ncriteria: [{id: \"1\"}]\n", NTM_ERROR_SYNTAX, 8, 1, "as a key", 1},
        {"a map as a key", HEAD "? {a: {b: c}}\n: {d: e}\ncriteria: [{id: \"1\"}]\n", NTM_ERROR_SYNTAX, 8, 3,
         "as a key", 1},
        {"two documents", HEAD "criteria: [{id: \"1\"}]\n---\na: b\n", NTM_ERROR_SYNTAX, 9, 1, "second document", 1},
        {"an empty second document", HEAD "criteria: [{id: \"1\"}]\n--- # x\n", NTM_ERROR_SYNTAX, 9, 1,
         "second document", 1},
        {"text after the end", HEAD "criteria: [{id: \"1\"}]\n...\na: b\n", NTM_ERROR_SYNTAX, 10, 1, "second document",
         1},
        {"a directive", "%YAML 1.1\n---\n" HEAD, NTM_ERROR_SYNTAX, 1, 1, "directives", 1},
        {"a directive after the end", HEAD "...\n%TAG ! x\n", NTM_ERROR_SYNTAX, 9, 1, "directives", 1},
        {"a doubled key", HEAD "note: x\nnote: y\ncriteria: [{id: \"1\"}]\n", NTM_ERROR_SCHEMA, 9, 1,
         "the key \"note\" is already at line 8", 1},
        {"a key three times",
         HEAD "facts: {a: {kind: flag}, a: {kind: flag}, 'a': {kind: flag}}\ncriteria: [{id: \"1\"}]\n",
         NTM_ERROR_SCHEMA, 8, 26, "the key \"a\" is already at line 8", 2},
        {"a NUL as an escape", HEAD "note: \"a\\0b\"\ncriteria: [{id: \"1\"}]\n", NTM_ERROR_SYNTAX, 8, 7, "a NUL", 1},
    };
    documents_refuse(cases, sizeof cases / sizeof cases[0]);
}

static void test_taken(void **state) {
    (void)state;
    static const char *const texts[] = {
        HEAD "criteria: [{id: \"1\"}]\n",
        "\xef\xbb\xbf" HEAD "criteria: [{id: \"1\"}]\n",
        "# a comment\n--- # another\n" HEAD "criteria: [{id: \"1\"}]\n...\n# the end\n\n",
        HEAD "note: '<<'\ncriteria: [{id: \"1\"}]",
        "{format: ntm-set/1, id: x, programme: a, level: b, tier: c, place: d,\r\n criteria: [{? id : \"1\"}]}\r\n",
        HEAD "note: |\n  %not a directive\n  --- not a document\ncriteria: [{id: \"1\"}]\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        ntm_set *set = documents_read(texts[i]);
        documents_round_trip(set);
        ntm_set_free(set);
    }
}

static void test_nul_byte(void **state) {
    (void)state;
    static const char text[] = "format: ntm-set/1\nid: a\0b\n";
    ntm_set *set = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(ntm_set_read(&set, text, sizeof text - 1, "nul", NULL, &err), NTM_ERROR_SYNTAX, &err, "a NUL byte");
    assert_int_equal(err.line, 2);
    assert_int_equal(err.column, 6);
    assert_null(set);
}

/* A long text of a repeated piece, refused as a whole within a second. */
static void refuse_long(const char *start, const char *piece, size_t times, ntm_status status, const char *message) {
    size_t head = strlen(start), size = strlen(piece);
    char *text = malloc(head + size * times);
    assert_non_null(text);
    memcpy(text, start, head);
    for (size_t i = 0; i < times; i++)
        memcpy(text + head + i * size, piece, size);
    ntm_set *set = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_read_options options = NTM_READ_OPTIONS_INIT;
    if (strstr(message, "larger") == NULL) options.size_max = 64 * 1024 * 1024;
    double before = documents_clock();
    assert_fails(ntm_set_read(&set, text, head + size * times, "long", &options, &err), status, &err, message);
    double seconds = documents_clock() - before;
    documents_in_time(message[0] != '\0' ? message : piece, seconds, 3.0);
    assert_null(set);
    free(text);
}

static void test_endless(void **state) {
    (void)state;
    size_t mib = 1024 * 1024;
    refuse_long("", "[", 10 * mib, NTM_ERROR_LIMIT, "nested deeper than 320");
    refuse_long("", "{a: ", 4 * mib, NTM_ERROR_LIMIT, "nested deeper than 320");
    refuse_long("", "[\n", 8 * mib, NTM_ERROR_LIMIT, "nested deeper than 320");
    refuse_long("", "{? [", 4 * mib, NTM_ERROR_SYNTAX, "as a key");
    refuse_long("", "- ", 8 * mib, NTM_ERROR_LIMIT, "nested deeper than 320");
    refuse_long("", "? ", 8 * mib, NTM_ERROR_SYNTAX, "as a key");
    refuse_long("[", "a,", 7 * mib, NTM_ERROR_LIMIT, "more than 500000 YAML nodes");
    refuse_long("", "- a\n", 10 * mib, NTM_ERROR_LIMIT, "more than 500000 YAML nodes");
    refuse_long("", "a: b\n", 3 * mib, NTM_ERROR_LIMIT, "more than 500000 YAML nodes");
    refuse_long("", "%TAG !a! b\n", mib, NTM_ERROR_SYNTAX, "directives");
    refuse_long("a: b\n...\n", "%TAG !a! b\n", mib, NTM_ERROR_SYNTAX, "directives");
    refuse_long("", "#", 16 * mib, NTM_ERROR_SYNTAX, "the file is empty");
    refuse_long("a: \"", "\n", 16 * mib - 4, NTM_ERROR_SYNTAX, "unexpected end of stream");
    refuse_long("a: >\n", "\n", 16 * mib - 5, NTM_ERROR_SCHEMA, "");
    refuse_long("a: ", "b ", 8 * mib - 2, NTM_ERROR_SCHEMA, "");
    refuse_long("", "&a ", 4 * mib, NTM_ERROR_SYNTAX, "");
    refuse_long("", "a: ", 4 * mib, NTM_ERROR_SYNTAX, "");
    refuse_long("", "a", 17 * mib, NTM_ERROR_LIMIT, "larger than 16777216 bytes");
}

/* Many small problems, or large things that are well formed: slow nowhere. */
static void test_large(void **state) {
    (void)state;
    enum { COUNT = 100000, ROOM = 40 };
    static const struct {
        const char *start, *format, *end;
        ntm_status status;
    } cases[] = {
        {"format: ntm-set/1\n", "key%d: 1\n", "", NTM_ERROR_SCHEMA},
        {HEAD "facts:\n", "  f%d: {}\n", "", NTM_ERROR_SCHEMA},
        {HEAD "axes:\n", "  a%d: {values: [b]}\n", "", NTM_ERROR_LIMIT},
        {HEAD "figures:\n  a: {axes: [x], values: {\n", "    v%d: 1,\n", "}}\n", NTM_ERROR_SCHEMA},
        {HEAD "axes: {x: {values: {\n", "    v%d: {},\n", "}}}\n", NTM_ERROR_SCHEMA},
        {HEAD "axes: {x: {values: [a, b, c]}}\nfigures: {a: {axes: [x], values: {\n", "    v%d: 1,\n", "}}}\n",
         NTM_ERROR_SCHEMA},
        {HEAD "dimensions: {x: [\n", "    v%d,\n", "]}\n", NTM_ERROR_SCHEMA},
        {HEAD "criteria:\n", "  - {id: c%d}\n", "", NTM_ERROR_LIMIT},
        {HEAD "criteria:\n  - {id: a, source: [\n", "  s%d,\n", "]}\n", NTM_ERROR_NOT_FOUND},
        {HEAD "criteria: [{id: a}]\nstatus:\n  all:\n", "    - {holds: h%d}\n", "", NTM_ERROR_LIMIT},
        {HEAD "criteria: [{id: a}]\nstatus: [{count: criteria, among: [\n", "    h%d,\n", "]}, '>', {constant: 1}]\n",
         NTM_ERROR_NOT_FOUND},
        {HEAD "criteria: [{id: a}]\ngrade: {of: {constant: 1}, bands: [\n", "    {class: h%d, range: '[1, 2)'},\n",
         "]}\n", NTM_ERROR_LIMIT},
    };
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        size_t used = strlen(cases[c].start), room = used + (size_t)COUNT * ROOM + ROOM;
        char *text = malloc(room);
        assert_non_null(text);
        memcpy(text, cases[c].start, used);
        for (int i = 0; i < COUNT; i++)
            used += (size_t)snprintf(text + used, room - used, cases[c].format, i);
        used += (size_t)snprintf(text + used, room - used, "%s", cases[c].end);
        ntm_set *set = NULL;
        double before = documents_clock();
        ntm_error err = NTM_ERROR_INIT;
        ntm_status status = ntm_set_read(&set, text, used, "large", NULL, &err);
        double seconds = documents_clock() - before;
        assert_int_equal(status, cases[c].status);
        documents_in_time(err.message, seconds, 5.0);
        free(text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_broken),   cmocka_unit_test(test_not_taken), cmocka_unit_test(test_taken),
        cmocka_unit_test(test_nul_byte), cmocka_unit_test(test_endless),   cmocka_unit_test(test_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
