/* SPDX-License-Identifier: Apache-2.0 */
/* Names that are the same, names that are not, and names that are no honest text. */
#include "base/text_fold.h"
#include "fault.h"

#include <string.h>

static bool equal(const char *a, const char *b) {
    bool out = false;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_name_equal(&out, a, strlen(a), b, strlen(b), &err), &err);
    bool back = !out;
    assert_ok(ntm_name_equal(&back, b, strlen(b), a, strlen(a), &err), &err);
    assert_int_equal(out, back);
    return out;
}

static const char *folded(const char *text) {
    static char kept[256];
    char *out = NULL;
    size_t size = 0;
    fault f = FAULT_INIT;
    ntm_allocator allocator = fault_allocator(&f);
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_i_name_fold(&out, &size, text, strlen(text), &allocator, &err), &err);
    assert_int_equal(strlen(out), size);
    assert_true(size < sizeof kept);
    memcpy(kept, out, size + 1);
    ntm_i_release(&allocator, out, size + 1, 1);
    fault_assert_empty(&f);
    return kept;
}

static void the_same(void **state) {
    (void)state;
    assert_true(equal("Phường Yên Hoà", "phường Yên Hòa"));
    assert_true(equal("Xã Thái Hòa", "Xã Thái Hoà"));
    assert_true(equal("Xã Thuỵ Lâm", "Xã Thụy Lâm"));
    assert_true(equal("Phường Ngọc Thụy", "Phường Ngọc Thuỵ"));
    assert_true(equal("Thị trấn  Tây Sơn", "Thị trấn Tây Sơn"));
    assert_true(equal(" \tThị trấn Tây\xc2\xa0Sơn\n", "Thị trấn Tây Sơn"));
    assert_true(equal("tỉnh Ninh BÌnh", "Tỉnh Ninh Bình"));
    assert_true(equal("ĐỨC THỌ", "Đức Thọ"));
    assert_true(equal("khoẻ", "khỏe"));
    assert_true(equal("Uỷ ban", "Ủy ban"));
    assert_true(equal("hoá", "hóa"));
    assert_true(equal("HOẠ", "họa"));
    assert_true(equal("hoã, hoả", "hõa, hỏa"));
    assert_true(equal("", ""));
    assert_true(equal("", "  "));
    /* NFC and NFD, and marks in the other order */
    assert_true(equal("Việt", "Vie\xcc\xa3\xcc\x82t"));
    assert_true(equal("Việt", "Vi\xc3\xaa\xcc\xa3t"));
    assert_true(equal("Việt", "Vie\xcc\x82\xcc\xa3t"));
    assert_true(equal("Hòa", "Hoa\xcc\x80"));
    assert_true(equal("Straße", "STRASSE"));
}

static void not_the_same(void **state) {
    (void)state;
    assert_false(equal("Thạch Quí", "Thạch Quý"));
    assert_false(equal("Đức", "Ðức")); /* U+0110 and U+00D0 */
    assert_false(equal("Hòa", "Hoa"));
    assert_false(equal("Hòa", "Hóa"));
    assert_false(equal("Sơn La", "SơnLa"));
    assert_false(equal("Kỳ Anh", "Kì Anh"));
    assert_false(equal("quỳ", "qùy"));   /* after q the tone has one place only */
    assert_false(equal("hoàn", "hòan")); /* and before a further letter */
    assert_false(equal("tuần", "tùân"));
    assert_false(equal("a", ""));
    assert_false(equal("ᵭể", "để")); /* one script, another letter */
}

static void forms(void **state) {
    (void)state;
    assert_string_equal(folded("  Yên   HOÀ "), "yên hòa");
    assert_string_equal(folded("quỳ"), "quỳ");
    assert_string_equal(folded("Quà"), "quà");
    assert_string_equal(folded("hoàn"), "hoàn");
    assert_string_equal(folded("khuỷu"), "khuỷu");
    assert_string_equal(folded("hoà-bình"), "hòa-bình");
    assert_string_equal(folded("oà"), "òa");
    assert_string_equal(folded("oẹ"), "ọe");
    assert_string_equal(folded("luỹ"), "lũy");
    assert_string_equal(folded("ngoài"), "ngoài");
    assert_string_equal(folded("hoặc"), "hoặc");
    assert_string_equal(folded("thuế"), "thuế");
    assert_string_equal(folded("ⅪI"), "ⅺi");
    assert_string_equal(folded(""), "");
    /* Folding what is folded changes nothing. */
    static const char *const names[] = {"Thuỵ Lâm", "XOÈ", "Uỷ ban nhân dân", "Việt", "İstanbul", "ǅ"};
    for (size_t at = 0; at < sizeof names / sizeof names[0]; at++) {
        char once[256];
        (void)strcpy(once, folded(names[at]));
        assert_string_equal(folded(once), once);
    }
}

static void refused(void **state) {
    (void)state;
    bool out = true;
    ntm_error err = NTM_ERROR_INIT;
    static const struct {
        const char *text;
        size_t size;
        const char *part;
    } wrong[] = {{"Զuyết", 7, "several scripts"},    /* Armenian Զ */
                 {"CҺínҺ", 8, "several scripts"},    /* Cyrillic Һ */
                 {"Hà Тĩnh", 10, "several scripts"}, /* Cyrillic Т */
                 {"αb", 3, "several scripts"},
                 {"a\xf0\x9d\x90\x80", 5, "several scripts"}, /* mathematical A */
                 {"ab\xff", 3, "byte 2"},
                 {"a\0b", 3, "NUL"},
                 {"\xe1\xba", 2, "byte 0"}};
    for (size_t at = 0; at < sizeof wrong / sizeof wrong[0]; at++) {
        assert_fails(ntm_name_equal(&out, wrong[at].text, wrong[at].size, "a", 1, &err), NTM_ERROR_SYNTAX, &err,
                     wrong[at].part);
        assert_fails(ntm_name_equal(&out, "a", 1, wrong[at].text, wrong[at].size, &err), NTM_ERROR_SYNTAX, &err,
                     wrong[at].part);
    }
    assert_fails(ntm_name_equal(NULL, "a", 1, "a", 1, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_name_equal(&out, NULL, 0, "a", 1, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_name_equal(&out, "a", 1, NULL, 0, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_true(out);
    /* Digits, signs and one other script alone are well. */
    assert_true(equal("Ô 12-A / №3 (µm, 5 °C)", "ô 12-a / №3 (µm, 5 °c)"));
    assert_true(equal("Хатинь", "ХАТИНЬ"));
    assert_true(equal("河静", "河静"));
}

static void nfc(void **state) {
    (void)state;
    char *out = NULL;
    size_t size = 0;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_i_nfc(&out, &size, "Vie\xcc\xa3\xcc\x82t HOÀ", 13, NULL, &err), &err);
    assert_string_equal(out, "Việt HOÀ");
    ntm_i_release(NULL, out, size + 1, 1);
    out = NULL;
    assert_fails(ntm_i_nfc(&out, &size, "\xff", 1, NULL, &err), NTM_ERROR_SYNTAX, &err, "UTF-8");
    assert_null(out);
}

static ntm_status fold_name(const ntm_allocator *allocator, void *context) {
    char *out = NULL;
    size_t size = 5;
    (void)context;
    ntm_status status = ntm_i_name_fold(&out, &size, "Phường Yên Hoà", strlen("Phường Yên Hoà"), allocator, NULL);
    if (status == NTM_OK) {
        ntm_i_release(allocator, out, size + 1, 1);
    } else {
        assert_null(out);
        assert_int_equal(size, 5);
    }
    return status;
}

static ntm_status make_nfc(const ntm_allocator *allocator, void *context) {
    char *out = NULL;
    size_t size = 5;
    (void)context;
    ntm_status status = ntm_i_nfc(&out, &size, "Hoa\xcc\x80", 5, allocator, NULL);
    if (status == NTM_OK) ntm_i_release(allocator, out, size + 1, 1);
    if (status != NTM_OK) assert_null(out);
    return status;
}

static void without_memory(void **state) {
    (void)state;
    assert_true(fault_sweep(fold_name, NULL, NTM_OK) >= 2);
    assert_true(fault_sweep(make_nfc, NULL, NTM_OK) >= 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_same), cmocka_unit_test(not_the_same),
                                       cmocka_unit_test(forms),    cmocka_unit_test(refused),
                                       cmocka_unit_test(nfc),      cmocka_unit_test(without_memory)};
    return cmocka_run_group_tests_name("names", tests, NULL, NULL);
}
