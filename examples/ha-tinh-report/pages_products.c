/* SPDX-License-Identifier: Apache-2.0 */
/* Sections 11 and 13: OCOP products by their stars; who recognises them, and what expires. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "report.h"

enum { STARS = 5 }; /* classes of a product's grade; 0 is no class */

/* "Chè tươi, chế biến" out of the title of its set. */
static const char *type_name(const council *c) {
    const char *title = ntm_set_about(c->by_sheet.set)->title.vi, *colon = strstr(title, ": ");
    return colon == NULL ? title : colon + 2;
}

/* Open only because it may be knocked out: then it has no class or the one of its mean, and nothing in between. */
static bool all_or_nothing(const ntm_panel_product *product) {
    return product->open != 0 &&
           (product->open & ~(unsigned)(NTM_PANEL_KNOCK_OUT_DISPUTED | NTM_PANEL_KNOCK_OUT_OPEN)) == 0;
}

/* How many products of a type are of a class: surely, and possibly. */
static ntm_bounds of_class(const council *c, uint64_t place) {
    ntm_bounds bounds = {0, 0};
    for (size_t i = 0; i < ntm_panel_count(c->panel); i++) {
        const ntm_panel_product *product = ntm_panel_product_at(c->panel, i);
        ntm_bounds grade = product->grade;
        bool may_be = all_or_nothing(product) ? place == grade.least || place == grade.most
                                              : grade.least <= place && place <= grade.most;
        bounds.least += grade.least == place && grade.most == place;
        bounds.most += may_be;
    }
    return bounds;
}

static ntm_bounds of_class_in_all(const report *r, uint64_t place) {
    ntm_bounds sum = {0, 0};
    for (size_t i = 0; i < OCOP_TYPES; i++) {
        ntm_bounds bounds = of_class(&r->ocop.councils[i], place);
        sum.least += bounds.least;
        sum.most += bounds.most;
    }
    return sum;
}

static void stars_table(const report *r) {
    static const char *const titles[STARS + 1] = {"không hạng", "1 sao", "2 sao", "3 sao", "4 sao", "5 sao"};
    left_text("Nhóm sản phẩm", 48);
    right("sản phẩm", 9);
    for (size_t k = 0; k <= STARS; k++)
        right(titles[k], k == 0 ? 12 : 7);
    putchar('\n');
    size_t products = 0;
    for (size_t i = 0; i < OCOP_TYPES; i++) {
        const council *c = &r->ocop.councils[i];
        left_text(type_name(c), 48);
        right_number(ntm_panel_count(c->panel), 9);
        products += ntm_panel_count(c->panel);
        for (uint64_t k = 0; k <= STARS; k++)
            right_bounds(of_class(c, k), k == 0 ? 12 : 7);
        putchar('\n');
    }
    left_text("Cộng", 48);
    right_number(products, 9);
    for (uint64_t k = 0; k <= STARS; k++)
        right_bounds(of_class_in_all(r, k), k == 0 ? 12 : 7);
    putchar('\n');
}

static void print_reasons(const ntm_panel_product *product) {
    static const struct {
        unsigned bit;
        const char *vi;
    } reasons[] = {
        {NTM_PANEL_FEW_SHEETS, "thiếu phiếu"},
        {NTM_PANEL_MEAN_OPEN, "có phiếu chưa chấm đủ, điểm bình quân có thể rơi vào nhiều hạng"},
        {NTM_PANEL_KNOCK_OUT_DISPUTED, "phiếu loại, phiếu không loại: hội đồng phải thống nhất"},
        {NTM_PANEL_KNOCK_OUT_OPEN, "có phiếu chưa ghi điều kiện loại"},
        {NTM_PANEL_CONDITION_DISPUTED, "các phiếu không thống nhất về điều kiện của hạng"},
        {NTM_PANEL_CONDITION_OPEN, "có phiếu chưa ghi điều kiện của hạng"},
    };
    const char *sign = "  ";
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (!(product->open & reasons[i].bit)) continue;
        printf("%s%s", sign, reasons[i].vi);
        sign = "; ";
    }
    if (product->open & NTM_PANEL_KNOCK_OUT_DISPUTED)
        printf(" (%" PRIu64 "/%zu phiếu loại)", product->knocked_out.least, product->sheets);
    if (product->grade.most == 0) printf("  bị loại: cả %zu phiếu", product->sheets);
}

/* One line a product: number of sheets, mean, class, and why it is open. */
static bool product_line(report *r, const ntm_panel_product *product) {
    char least[48], most[48], text[110], stars[32];
    size_t row = find_row(r->ocop.products.table, "product", cell_of(product->id));
    cell name = text_at(r->ocop.products.table, "name", row);
    const char *district = district_name(r, text_at(r->ocop.products.table, "district", row));
    if (!number_text(r, least, sizeof least, product->mean.least, 0, 2) ||
        !number_text(r, most, sizeof most, product->mean.most, 0, 2))
        return false;
    int size = snprintf(text, sizeof text, "%s  %.*s (%s)", product->id, name.size, name.text, district);
    printf("  ");
    left(text, size, 52);
    right_number(product->sheets, 6);
    (void)snprintf(text, sizeof text, "%s%s%s", least, strcmp(least, most) == 0 ? "" : "–",
                   strcmp(least, most) == 0 ? "" : most);
    right(text, 14);
    if (product->grade.most == 0)
        (void)snprintf(stars, sizeof stars, "không hạng");
    else if (product->grade.least == product->grade.most)
        (void)snprintf(stars, sizeof stars, "%s sao", product->least_label);
    else if (product->grade.least == 0)
        (void)snprintf(stars, sizeof stars, "không hạng%s%s sao", all_or_nothing(product) ? "/" : "–",
                       product->most_label);
    else
        (void)snprintf(stars, sizeof stars, "%s–%s sao", product->least_label, product->most_label);
    right(stars, 18);
    print_reasons(product);
    putchar('\n');
    return true;
}

static bool stars_page(report *r) {
    cell printed = printed_of(r, "ocop-districts");
    heading("11. OCOP: sản phẩm năm 2020 theo hạng sao", true);
    printf(
        "Số thật của phiên họp: %.*s huyện, thị xã, thành phố hoàn thành đăng ký ý tưởng sản phẩm năm 2020. Dưới đây là "
        "sản phẩm minh họa.\n",
        printed.size, printed.text);
    puts(
        "Bộ tiêu chí theo 1048/QĐ-TTg: ngày hiệu lực chưa đọc được nên lấy theo tên, không theo ngày; thang điểm lấy từ một");
    puts(
        "phần mềm chấm điểm năm 2022. Hạng lấy từ điểm bình quân các phiếu, tính đúng bằng phân số; số in ra làm tròn nửa lên,");
    puts(
        "2 chữ số. “a–b”: chắc chắn a, nhiều nhất b; với một sản phẩm: từ hạng a đến hạng b (“a/b”: một trong hai).\n");
    stars_table(r);
    puts("\nTừng sản phẩm:");
    left_text("", 54);
    right("phiếu", 6);
    right("bình quân", 14);
    right("hạng", 18);
    putchar('\n');
    for (size_t i = 0; i < OCOP_TYPES; i++)
        for (size_t k = 0; k < ntm_panel_count(r->ocop.councils[i].panel); k++)
            if (!product_line(r, ntm_panel_product_at(r->ocop.councils[i].panel, k))) return false;
    return true;
}

/* ------------------------------------------------------------------------------------------- after the council */

/* Who recognises a class on the day, by the set of each type; the types agree or the line says so. */
static bool recogniser_line(report *r, uint64_t place) {
    char label[8];
    const char *by = NULL;
    bool differ = false;
    ntm_bounds products = of_class_in_all(r, place);
    if (products.most == 0) return true;
    (void)snprintf(label, sizeof label, "%" PRIu64, place);
    for (size_t i = 0; i < OCOP_TYPES; i++) {
        const ntm_recogniser *found = NULL;
        ntm_error err = NTM_ERROR_INIT;
        ntm_status status = ntm_recogniser_find(&found, r->ocop.councils[i].by_sheet.set, label, r->day, &err);
        if (status != NTM_OK && status != NTM_ERROR_NOT_IN_FORCE && status != NTM_ERROR_NOT_FOUND) {
            r->err = err;
            return false;
        }
        const char *now = status == NTM_OK ? found->by.vi : "không có quy định nào đã đọc được";
        differ = differ || (by != NULL && strcmp(by, now) != 0);
        by = now;
    }
    printf("  %s sao: ", label);
    right_bounds(products, 6);
    printf(" sản phẩm; công nhận: %s\n", differ ? "tùy nhóm sản phẩm" : by);
    return true;
}

enum { EXPIRIES_MOST = 64 };

static bool expiries(report *r, ntm_date from, ntm_date to) {
    ntm_expiry found[EXPIRIES_MOST];
    size_t count = 0;
    if (ntm_register_expiring(found, &count, EXPIRIES_MOST, r->ocop.earlier, NULL, from, to, r->day, &r->err) != NTM_OK)
        return false;
    printf("Hết hạn từ ");
    print_date(from);
    printf(" đến ");
    print_date(to);
    printf(": %zu công nhận\n", count);
    for (size_t i = 0; i < count && i < EXPIRIES_MOST; i++) {
        const ntm_act *act = ntm_register_act(r->ocop.earlier, found[i].act);
        printf("  %s: %s sao, công nhận ", found[i].unit, found[i].label);
        print_date(act->on);
        printf(" (QĐ %s), hết hạn ", act->number);
        print_date(found[i].until);
        puts(act->until == NTM_DATE_NONE ? " (theo thời hạn của bộ tiêu chí)" : " (ngày ghi trong chính quyết định)");
    }
    return true;
}

static bool holders(report *r) {
    uint64_t held = 0, open = 0;
    for (size_t i = 0; i < OCOP_TYPES; i++) {
        ntm_holders counts;
        if (ntm_register_count(&counts, r->ocop.earlier, NULL, ntm_set_about(r->ocop.councils[i].by_sheet.set)->id,
                               NULL, r->day, &r->err) != NTM_OK)
            return false;
        held += counts.held;
        open += counts.open;
    }
    printf("\nSổ công nhận các năm trước (minh họa): %zu quyết định, %" PRIu64 " sản phẩm còn hạn ngày 25/2/2020",
           ntm_register_act_count(r->ocop.earlier), held);
    printf(open == 0 ? ".\n" : ", %" PRIu64 " để ngỏ.\n", open);
    return true;
}

static bool recognition_page(report *r) {
    heading("13. OCOP: ai công nhận, công nhận nào sắp hết hạn", true);
    puts("Thẩm quyền theo hạng vào ngày 25/2/2020:");
    for (uint64_t place = STARS; place > 0; place--)
        if (!recogniser_line(r, place)) return false;
    if (!holders(r)) return false;
    printf("Thời hạn theo bộ tiêu chí: %u tháng, trừ khi chính quyết định công nhận ghi ngày khác.\n",
           ntm_set_about(r->ocop.councils[0].by_sheet.set)->validity.months);
    return expiries(r, r->day, ntm_date_ymd(2021, 2, 24)) &&
           expiries(r, ntm_date_ymd(2021, 2, 25), ntm_date_ymd(2022, 10, 31));
}

bool ocop_pages(report *r) { return stars_page(r) && ladder_page(r) && recognition_page(r); }
