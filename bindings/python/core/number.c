/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers and names. A decimal crosses the border as (coefficient, scale). */
#include "core.h"

PyObject *core_decimal_parse(const char *text, size_t size, int locale) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_decimal value = {0, 0};
    if (ntm_decimal_parse(&value, text, size, (ntm_locale)locale, &err)) return core_raise(&err, NULL);
    return Py_BuildValue("Li", (long long)value.coefficient, (int)value.scale);
}

PyObject *core_decimal_format(int64_t coefficient, int scale, int locale) {
    if (scale < 0 || scale > NTM_SCALE_MAX || locale < NTM_LOCALE_PLAIN || locale > NTM_LOCALE_EN)
        return core_raise_status(NTM_ERROR_ARGUMENT, "", "a scale or locale that there is not");
    char buffer[64];
    ntm_decimal_format(buffer, sizeof buffer, (ntm_decimal){coefficient, (uint8_t)scale}, (ntm_locale)locale);
    return PyUnicode_FromString(buffer);
}

PyObject *core_printed_parse(const char *text, size_t size, int locale) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_printed printed = {0};
    if (ntm_printed_parse(&printed, text, size, (ntm_locale)locale, &err)) return core_raise(&err, NULL);
    PyObject *unit = PyUnicode_DecodeUTF8(text + printed.unit_offset, (Py_ssize_t)printed.unit_size, "strict");
    if (!unit) return NULL;
    return Py_BuildValue("iLiNN", (int)printed.qualifier, (long long)printed.value.coefficient,
                         (int)printed.value.scale, PyBool_FromLong(printed.money), unit);
}

PyObject *core_money_parse(const char *text, size_t size, int locale) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_money amount = 0;
    if (ntm_money_parse(&amount, text, size, (ntm_locale)locale, &err)) return core_raise(&err, NULL);
    return PyLong_FromLongLong(amount);
}

PyObject *core_money_format(int64_t amount, int language) {
    if (language != NTM_VI && language != NTM_EN)
        return core_raise_status(NTM_ERROR_ARGUMENT, "", "a language that there is not");
    char buffer[96];
    ntm_money_format(buffer, sizeof buffer, amount, (ntm_language)language);
    return PyUnicode_FromString(buffer);
}

PyObject *core_measure_format(const char *unit, int language) {
    if (language != NTM_VI && language != NTM_EN)
        return core_raise_status(NTM_ERROR_ARGUMENT, "", "a language that there is not");
    size_t size = ntm_measure_format(NULL, 0, unit, (ntm_language)language);
    char *buffer = PyMem_Malloc(size + 1);
    if (!buffer) return PyErr_NoMemory();
    ntm_measure_format(buffer, size + 1, unit, (ntm_language)language);
    PyObject *text = PyUnicode_DecodeUTF8(buffer, (Py_ssize_t)size, "replace");
    PyMem_Free(buffer);
    return text;
}

PyObject *core_name_equal(const char *a, size_t a_size, const char *b, size_t b_size) {
    ntm_error err = NTM_ERROR_INIT;
    bool equal = false;
    if (ntm_name_equal(&equal, a, a_size, b, b_size, &err)) return core_raise(&err, NULL);
    return PyBool_FromLong(equal);
}

PyObject *core_status(int status) {
    return Py_BuildValue("ss", ntm_status_name((ntm_status)status), ntm_status_text((ntm_status)status));
}
