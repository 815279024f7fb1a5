/* SPDX-License-Identifier: Apache-2.0 */
/* From bytes or a file to a set or an overlay: what both have in common. */
#include <string.h>

#include "base/text.h"
#include "catalogue/read.h"

enum { SIZE_MAX_USUAL = 16 * 1024 * 1024, NODES_MAX_USUAL = 500000 };

ntm_status ntm_i_read_settings(ntm_read_options *out, const ntm_read_options *options, ntm_error *err) {
    ntm_read_options settings = NTM_READ_OPTIONS_INIT;
    if (options != NULL) {
        if (options->struct_size < sizeof settings)
            return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "options start with NTM_READ_OPTIONS_INIT");
        settings = *options;
    }
    if (!ntm_i_allocator_usable(settings.allocator))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "the allocator lacks a function");
    if (settings.size_max == 0) settings.size_max = SIZE_MAX_USUAL;
    if (settings.nodes_max == 0) settings.nodes_max = NODES_MAX_USUAL;
    *out = settings;
    return NTM_OK;
}

/* Whether a format is `family` with a version other than 1: "ntm-set/2". */
static bool is_newer(const char *format, const char *family) {
    size_t size = strlen(family);
    return strncmp(format, family, size) == 0 && format[size] != '\0' &&
           strspn(format + size, "0123456789.") == strlen(format + size);
}

/* What a file is, by its format; false after a complaint that makes all others pointless. */
static bool find_format(ntm_i_reader *reader, const ntm_i_yaml *root, bool set_wanted, bool overlay_wanted,
                        bool *overlay) {
    const ntm_i_yaml *format = ntm_i_yaml_get(root, "format");
    const char *wanted = !overlay_wanted ? "ntm-set/1" : !set_wanted ? "ntm-overlay/1" : "ntm-set/1 or ntm-overlay/1";
    *overlay = overlay_wanted && !set_wanted;
    if (!ntm_i_is(reader, root, NTM_I_YAML_MAP)) return false;
    if (format == NULL) {
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, root, "the key \"format\" is missing: it says %s", wanted);
        return set_wanted != overlay_wanted;
    }
    if (!ntm_i_is(reader, format, NTM_I_YAML_SCALAR)) return set_wanted != overlay_wanted;
    bool is_set = strcmp(format->text, "ntm-set/1") == 0, is_overlay = strcmp(format->text, "ntm-overlay/1") == 0;
    if ((is_set && set_wanted) || (is_overlay && overlay_wanted)) {
        *overlay = is_overlay;
        return true;
    }
    bool newer =
        !is_set && !is_overlay && (is_newer(format->text, "ntm-set/") || is_newer(format->text, "ntm-overlay/"));
    ntm_i_complain(reader, newer ? NTM_ERROR_UNSUPPORTED : NTM_ERROR_SCHEMA, format, "the format is \"%.*s\"; %s %s",
                   ntm_i_shown(format->text, format->size), format->text, newer ? "this version reads" : "wanted is",
                   wanted);
    return false;
}

ntm_status ntm_i_read_document(ntm_set **set, ntm_overlay **overlay, const char *bytes, size_t size, const char *name,
                               const ntm_read_options *settings, ntm_error *err) {
    ntm_i_reader reader;
    ntm_i_reader_start(&reader, name, settings->problems, settings->allocator);
    const ntm_i_yaml *root = NULL;
    bool is_overlay = false;
    ntm_status status = NTM_OK;
    if (size > settings->size_max)
        status =
            ntm_i_report_problem(&reader.report, NTM_ERROR_LIMIT, 0, 0, "larger than %zu bytes", settings->size_max);
    else
        status = ntm_i_yaml_parse(&root, &reader.arena, &reader.report, bytes, size, settings->nodes_max);
    if (status == NTM_ERROR_MEMORY)
        status = ntm_i_no_memory(err);
    else if (status != NTM_OK || !find_format(&reader, root, set != NULL, overlay != NULL, &is_overlay))
        status = ntm_i_report_end(&reader.report, err);
    else if (is_overlay)
        status = ntm_i_read_overlay(overlay, &reader, root, err);
    else
        status = ntm_i_read_set(set, &reader, root, err);
    ntm_i_reader_end(&reader);
    return status;
}

ntm_status ntm_i_open_document(ntm_set **set, ntm_overlay **overlay, const char *path, const ntm_read_options *settings,
                               ntm_error *err) {
    char *bytes = NULL;
    size_t size = 0;
    ntm_error last = NTM_ERROR_INIT;
    ntm_status status = ntm_i_file_read(&bytes, &size, path, settings->size_max, settings->allocator, &last);
    if (status != NTM_OK) {
        if (status != NTM_ERROR_MEMORY) ntm_i_problems_add(settings->problems, &last);
        return ntm_i_error_copy(err, &last);
    }
    status = ntm_i_read_document(set, overlay, bytes, size, path, settings, err);
    ntm_i_release(settings->allocator, bytes, size + 1, 1);
    return status;
}

static ntm_status read_bytes(ntm_set **set, ntm_overlay **overlay, const char *bytes, size_t size, const char *name,
                             const ntm_read_options *options, ntm_error *err) {
    ntm_read_options settings;
    if ((set == NULL && overlay == NULL) || (bytes == NULL && size > 0))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "bytes and a place for what is read are needed");
    ntm_status status = ntm_i_read_settings(&settings, options, err);
    if (status != NTM_OK) return status;
    return ntm_i_read_document(set, overlay, bytes != NULL ? bytes : "", size, name != NULL ? name : "", &settings,
                               err);
}

static ntm_status open_path(ntm_set **set, ntm_overlay **overlay, const char *path, const ntm_read_options *options,
                            ntm_error *err) {
    ntm_read_options settings;
    if ((set == NULL && overlay == NULL) || path == NULL)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "a path and a place for what is read are needed");
    ntm_status status = ntm_i_read_settings(&settings, options, err);
    return status != NTM_OK ? status : ntm_i_open_document(set, overlay, path, &settings, err);
}

ntm_status ntm_set_read(ntm_set **out, const char *bytes, size_t size, const char *name,
                        const ntm_read_options *options, ntm_error *err) {
    return read_bytes(out, NULL, bytes, size, name, options, err);
}

ntm_status ntm_set_open(ntm_set **out, const char *path, const ntm_read_options *options, ntm_error *err) {
    return open_path(out, NULL, path, options, err);
}

ntm_status ntm_overlay_read(ntm_overlay **out, const char *bytes, size_t size, const char *name,
                            const ntm_read_options *options, ntm_error *err) {
    return read_bytes(NULL, out, bytes, size, name, options, err);
}

ntm_status ntm_overlay_open(ntm_overlay **out, const char *path, const ntm_read_options *options, ntm_error *err) {
    return open_path(NULL, out, path, options, err);
}
