/* SPDX-License-Identifier: Apache-2.0 */
/* Units of measure. */
#include "measure.h"

#include "core.h"

PyObject *core_measure_power(const char *unit, const char *to) {
    ntm_error err = NTM_ERROR_INIT;
    int power = 0;
    if (ntm_measure_power(&power, unit, to, &err)) return core_raise(&err, NULL);
    return PyLong_FromLong(power);
}

PyObject *core_measure_format(const char *unit, int language) {
    if (language != NTM_VI && language != NTM_EN)
        return core_raise_status(NTM_ERROR_ARGUMENT, "", "a language that there is not");
    char buffer[512];
    size_t size = ntm_measure_format(buffer, sizeof buffer, unit, (ntm_language)language);
    if (size >= sizeof buffer)
        return core_raise_status(NTM_ERROR_LIMIT, unit, "a unit of measure of more than 511 bytes");
    return PyUnicode_FromStringAndSize(buffer, (Py_ssize_t)size);
}
