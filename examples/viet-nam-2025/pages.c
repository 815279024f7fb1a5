/* SPDX-License-Identifier: Apache-2.0 */
/* Units through the years, and the day of the reform. */
#include "country.h"

#include <inttypes.h>
#include <stdio.h>

bool years_page(country *c) {
    static const int days[][3] = {{2004, 12, 31}, {2010, 12, 31}, {2015, 12, 31}, {2019, 12, 31},
                                  {2020, 12, 31}, {2024, 12, 31}, {2025, 6, 30},  {2025, 7, 1}};
    heading("1. Số đơn vị hành chính qua các năm");
    left("Ngày", 12);
    right("tỉnh", 8);
    right("huyện", 8);
    right("cấp xã", 10);
    right("xã", 9);
    right("phường", 9);
    right("thị trấn", 10);
    right("đặc khu", 9);
    putchar('\n');
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        static const char *const levels[] = {"commune", "ward", "township", "special-zone"};
        static const int widths[] = {9, 9, 10, 9};
        ntm_date on = ntm_date_ymd(days[i][0], days[i][1], days[i][2]);
        char text[32];
        uint64_t count = 0;
        (void)snprintf(text, sizeof text, "%d/%d/%d", days[i][2], days[i][1], days[i][0]);
        left(text, 12);
        for (ntm_echelon rung = NTM_ECHELON_PROVINCE; rung <= NTM_ECHELON_COMMUNE; rung++) {
            if (!count_units(c, &count, on, rung, NULL, NTM_NO_UNIT)) return false;
            right_number(count, rung == NTM_ECHELON_COMMUNE ? 10 : 8);
        }
        for (size_t k = 0; k < 4; k++) {
            if (!count_units(c, &count, on, NTM_ECHELON_ANY, levels[k], NTM_NO_UNIT)) return false;
            right_number(count, widths[k]);
        }
        putchar('\n');
    }
    return true;
}

bool reform_page(country *c) {
    ntm_unit_filter filter = NTM_UNIT_FILTER_INIT;
    ntm_unit_reform provinces, communes;
    heading("2. Ngày 1/7/2025");
    filter.echelon = NTM_ECHELON_PROVINCE;
    if (ntm_units_reform(&provinces, c->units, &filter, c->day, &c->err) != NTM_OK) return false;
    filter.echelon = NTM_ECHELON_COMMUNE;
    if (ntm_units_reform(&communes, c->units, &filter, c->day, &c->err) != NTM_OK) return false;
    printf("Tỉnh, thành phố: %" PRIu64 " còn %" PRIu64 "; %" PRIu64 " giữ nguyên, %" PRIu64 " sáp nhập thành %" PRIu64
           ".\n",
           provinces.before, provinces.after, provinces.unchanged, provinces.involved, provinces.results);
    printf("Đơn vị cấp xã: %" PRIu64 " còn %" PRIu64 "; %" PRIu64 " giữ nguyên, %" PRIu64
           " chỉ đổi tên hay cấp, %" PRIu64 " sáp nhập hoặc bị chia, thành %" PRIu64 ".\n",
           communes.before, communes.after, communes.unchanged, communes.renamed, communes.involved, communes.results);
    printf("Bị chia cho nhiều đơn vị mới: %" PRIu64 "; số phần chia: %" PRIu64 ".\n", communes.divided,
           communes.partial);
    puts("Nguồn: Nghị quyết 1654 đến 1687/NQ-UBTVQH15; danh mục của Tổng cục Thống kê.");
    return true;
}

/* A unit's name and code, and what share of it is meant. */
static void print_part(const country *c, const ntm_unit_part *part) {
    const ntm_unit_row *row = ntm_units_row(c->units, part->unit);
    printf("%s (%s)%s", row->name, row->code, part->share == NTM_UNIT_WHOLE ? "" : " [một phần]");
}

enum { PARTS = 64 };

static bool print_origin(country *c, const char *code, ntm_date on, ntm_date since) {
    ntm_unit_part parts[PARTS];
    ntm_unit unit = NTM_NO_UNIT;
    size_t count = 0;
    if (ntm_units_find(&unit, c->units, code, NTM_ECHELON_COMMUNE, on, &c->err) != NTM_OK ||
        ntm_units_made_of(parts, &count, PARTS, c->units, unit, since, on, &c->err) != NTM_OK)
        return false;
    printf("  %s (%s) =", ntm_units_row(c->units, unit)->name, code);
    for (size_t i = 0; i < count && i < PARTS; i++) {
        fputs(i == 0 ? " " : " + ", stdout);
        print_part(c, &parts[i]);
    }
    putchar('\n');
    return true;
}

static bool print_fate(country *c, const char *code, ntm_date since) {
    ntm_unit_part parts[PARTS];
    ntm_unit unit = NTM_NO_UNIT;
    size_t count = 0;
    if (ntm_units_find(&unit, c->units, code, NTM_ECHELON_COMMUNE, since, &c->err) != NTM_OK ||
        ntm_units_became(parts, &count, PARTS, c->units, unit, since, c->day, &c->err) != NTM_OK)
        return false;
    printf("  %s (%s):", ntm_units_row(c->units, unit)->name, code);
    for (size_t i = 0; i < count && i < PARTS; i++) {
        const ntm_unit_row *row = ntm_units_row(c->units, parts[i].unit);
        printf("%s %s (%s)%s, %u bước", i == 0 ? "" : ";", row->name, row->code,
               parts[i].share == NTM_UNIT_WHOLE  ? ""
               : parts[i].share == NTM_UNIT_PART ? " [một phần]"
                                                 : " [có thể một phần]",
               parts[i].steps);
    }
    putchar('\n');
    return true;
}

static bool print_special_zones(country *c) {
    ntm_unit_filter filter = NTM_UNIT_FILTER_INIT;
    ntm_unit zones[PARTS];
    size_t count = 0;
    filter.on = c->day;
    filter.level = "special-zone";
    if (ntm_units_list(zones, &count, PARTS, c->units, &filter, &c->err) != NTM_OK) return false;
    printf("\n%zu đặc khu và đơn vị ngày 30/6/2025 tạo nên:\n", count);
    for (size_t i = 0; i < count && i < PARTS; i++)
        if (!print_origin(c, ntm_units_row(c->units, zones[i])->code, c->day, c->day - 1)) return false;
    return true;
}

bool chains_page(country *c) {
    ntm_date before_2020 = ntm_date_ymd(2019, 12, 31);
    heading("4. Đi theo từng đơn vị");
    puts("Xã của ngày 31/12/2019 thành gì ngày 1/7/2025 (qua 1/1/2020 và các lần đổi mã huyện):");
    if (!print_fate(c, "18106", before_2020) || !print_fate(c, "18448", before_2020) ||
        !print_fate(c, "18349", before_2020) || !print_fate(c, "00016", before_2020))
        return false;
    puts("\nĐơn vị ngày 1/7/2025 từ những đơn vị nào của ngày 30/6/2025:");
    if (!print_origin(c, "00004", c->day, c->day - 1) || !print_origin(c, "18100", c->day, c->day - 1)) return false;
    return print_special_zones(c);
}

bool defects_page(country *c) {
    const ntm_table *facts = ntm_csv_table(c->facts);
    const ntm_column *area = &ntm_table_find(facts, "area")->column;
    const ntm_column *people = &ntm_table_find(facts, "population")->column;
    size_t no_area = 0, no_people = 0, zero = 0, counts[NTM_UNIT_DEFECT_END] = {0};
    heading("5. Chỗ khuyết của dữ liệu công bố");
    for (size_t row = 0; row < facts->rows; row++) {
        ntm_decimal value;
        no_people += ntm_column_known(people, row) != NTM_REPORTED;
        if (ntm_column_known(area, row) != NTM_REPORTED)
            no_area++;
        else if (ntm_column_decimal(&value, area, row, &c->err) != NTM_OK)
            return false;
        else
            zero += value.coefficient == 0;
    }
    printf(
        "%zu đơn vị mới; không có diện tích: %zu; không có dân số (để trống hoặc “đang cập nhật”): %zu; diện tích ghi "
        "0 km2: %zu.\n",
        facts->rows, no_area, no_people, zero);
    for (size_t i = 0; i < ntm_units_finding_count(c->units); i++)
        counts[ntm_units_finding(c->units, i)->defect]++;
    puts("Trong lịch sử 2004-2025, nơi danh mục không nói hết (số trường hợp):");
    static const struct {
        ntm_unit_defect defect;
        const char *what;
    } told[] = {{NTM_UNIT_RENAMED, "mã giữ nguyên, tên đổi, không rõ vì sao"},
                {NTM_UNIT_REUSED, "mã dùng lại sau một thời gian cho tên khác"},
                {NTM_UNIT_NO_SUCCESSOR, "hết hiệu lực vào ngày có sáp nhập, không rõ thành gì (huyện bãi bỏ ở đây)"},
                {NTM_UNIT_FROM_NOWHERE, "bắt đầu vào ngày có sáp nhập, không rõ từ đâu"}};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        right_number(counts[told[i].defect], 7);
        printf("  %s\n", told[i].what);
    }
    return true;
}
