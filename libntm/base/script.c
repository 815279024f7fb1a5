/* SPDX-License-Identifier: Apache-2.0 */
/* Scripts by ranges (after Scripts.txt of Unicode 13): utf8proc does not know them. Exact where letters look like
   Latin ones; elsewhere whole blocks, because only "the same script or another" is asked. */
#include "base/script.h"

#include <stddef.h>
#include <utf8proc.h>

enum {
    NO_SCRIPT = 0,
    LATIN,
    GREEK,
    CYRILLIC,
    ARMENIAN,
    HEBREW,
    ARABIC,
    INDIC,
    THAI,
    LAO,
    GEORGIAN,
    HANGUL,
    CHEROKEE,
    KHMER,
    EAST_ASIAN, /* Han, kana and bopomofo are written together */
    CHAM,
    TAI_VIET,
    OTHER_SCRIPT
};

typedef struct range {
    uint32_t first;
    uint32_t last;
    int script;
} range;

/* In order. What lies between belongs to OTHER_SCRIPT, so that the mathematical letters, too, mix with nothing. */
static const range ranges[] = {
    {0x0041, 0x00aa, LATIN},      {0x00b5, 0x00b5, NO_SCRIPT},  {0x00ba, 0x02b8, LATIN},
    {0x02b9, 0x02df, NO_SCRIPT},  {0x02e0, 0x02e4, LATIN},      {0x02ec, 0x02ee, NO_SCRIPT},
    {0x0370, 0x03ff, GREEK},      {0x0400, 0x052f, CYRILLIC},   {0x0530, 0x058f, ARMENIAN},
    {0x0590, 0x05ff, HEBREW},     {0x0600, 0x07bf, ARABIC},     {0x0860, 0x08ff, ARABIC},
    {0x0900, 0x0dff, INDIC},      {0x0e00, 0x0e7f, THAI},       {0x0e80, 0x0eff, LAO},
    {0x10a0, 0x10ff, GEORGIAN},   {0x1100, 0x11ff, HANGUL},     {0x13a0, 0x13ff, CHEROKEE},
    {0x1780, 0x17ff, KHMER},      {0x1c80, 0x1c8f, CYRILLIC},   {0x1c90, 0x1cbf, GEORGIAN},
    {0x1d00, 0x1d25, LATIN},      {0x1d26, 0x1d2a, GREEK},      {0x1d2b, 0x1d2b, CYRILLIC},
    {0x1d2c, 0x1d5c, LATIN},      {0x1d5d, 0x1d61, GREEK},      {0x1d62, 0x1d65, LATIN},
    {0x1d66, 0x1d6a, GREEK},      {0x1d6b, 0x1d77, LATIN},      {0x1d78, 0x1d78, CYRILLIC},
    {0x1d79, 0x1dbe, LATIN},      {0x1dbf, 0x1dbf, GREEK},      {0x1e00, 0x1eff, LATIN},
    {0x1f00, 0x1fff, GREEK},      {0x2071, 0x209c, LATIN},      {0x2126, 0x2126, GREEK},
    {0x212a, 0x212b, LATIN},      {0x2132, 0x2132, LATIN},      {0x214e, 0x214e, LATIN},
    {0x2c60, 0x2c7f, LATIN},      {0x2d00, 0x2d2f, GEORGIAN},   {0x2de0, 0x2dff, CYRILLIC},
    {0x3005, 0x312f, EAST_ASIAN}, {0x3130, 0x318f, HANGUL},     {0x31a0, 0x31ff, EAST_ASIAN},
    {0x3400, 0x9fff, EAST_ASIAN}, {0xa640, 0xa69f, CYRILLIC},   {0xa722, 0xa787, LATIN},
    {0xa788, 0xa788, NO_SCRIPT},  {0xa78b, 0xa7ff, LATIN},      {0xa960, 0xa97f, HANGUL},
    {0xaa00, 0xaa5f, CHAM},       {0xaa80, 0xaadf, TAI_VIET},   {0xab30, 0xab5a, LATIN},
    {0xab5c, 0xab64, LATIN},      {0xab65, 0xab65, GREEK},      {0xab70, 0xabbf, CHEROKEE},
    {0xac00, 0xd7ff, HANGUL},     {0xf900, 0xfaff, EAST_ASIAN}, {0xfb00, 0xfb06, LATIN},
    {0xfb13, 0xfb17, ARMENIAN},   {0xfb1d, 0xfb4f, HEBREW},     {0xfb50, 0xfdff, ARABIC},
    {0xfe70, 0xfeff, ARABIC},     {0xff21, 0xff5a, LATIN},      {0xff66, 0xff9f, EAST_ASIAN},
    {0xffa0, 0xffdc, HANGUL},     {0x1e030, 0x1e08f, CYRILLIC}, {0x20000, 0x3ffff, EAST_ASIAN}};

static int is_letter(uint32_t character) {
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)character);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

int ntm_i_script(uint32_t character) {
    if (!is_letter(character)) return NO_SCRIPT;
    size_t low = 0;
    size_t high = sizeof ranges / sizeof ranges[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (character > ranges[middle].last) {
            low = middle + 1;
        } else if (character < ranges[middle].first) {
            high = middle;
        } else {
            return ranges[middle].script;
        }
    }
    return OTHER_SCRIPT;
}
