// SPDX-License-Identifier: Apache-2.0
/* Reads the definition of a sweep and checks what no single line says. */
#include "sweep_definition.h"

#include "dut_preset.h"
#include "sweep_parse.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DIMENSIONS "trace, port, latency, outstanding or a parameter of the design"

#define obstack_chunk_alloc malloc
#define obstack_chunk_free  free

const char *const sweep_measured_names[SWEEP_MEASURED] = {
    [SWEEP_PORT] = "port", [SWEEP_LATENCY] = "latency", [SWEEP_OUTSTANDING] = "outstanding"};

static const char *const standard_traces[] = {"gzip", "sort", "sqlite", "python"};

static void set_defaults(struct sweep_definition *definition)
{
    definition->preset = "linux";
    definition->measured[SWEEP_PORT] = (struct sweep_list){{"data"}, 1};
    definition->measured[SWEEP_LATENCY] = (struct sweep_list){{"10"}, 1};
    definition->measured[SWEEP_OUTSTANDING] = (struct sweep_list){{"1"}, 1};
}

static void set_traces(struct sweep_definition *definition)
{
    struct sweep_list *traces = &definition->traces;

    if (traces->count)
        return;
    for (size_t i = 0; i < sizeof standard_traces / sizeof *standard_traces; i++)
        traces->item[traces->count++] = standard_traces[i];
}

/* Whether `set`, a Parameter=V, is of the parameter. */
static bool sets(const struct dut_set *set, const char *parameter)
{
    size_t length = strlen(parameter);

    return !strncmp(set->text, parameter, length) && set->text[length] == '=';
}

/* Whether one of the choice's parameters is that one. */
static bool chooses(const struct sweep_choice *choice, const char *parameter)
{
    for (size_t i = 0; i < choice->count; i++)
        if (sets(&choice->set[i], parameter))
            return true;
    return false;
}

/* Whether the first `length` characters of `text` are the name. */
static bool is(const char *text, size_t length, const char *name)
{
    return strlen(name) == length && !strncmp(text, name, length);
}

static bool is_dimension(const char *text, size_t length)
{
    bool found = is(text, length, "trace");

    for (size_t i = 0; i < SWEEP_MEASURED; i++)
        found |= is(text, length, sweep_measured_names[i]);
    for (size_t i = 0; i < DUT_PRESET_PARAMETERS; i++)
        found |= is(text, length, dut_preset_parameter(i));
    return found;
}

/* No parameter is chosen in two places. */
static bool check_axes(const struct sweep_definition *definition, char *error, size_t size)
{
    for (size_t i = 0; i < DUT_PRESET_PARAMETERS; i++) {
        const char *parameter = dut_preset_parameter(i);
        int places = chooses(&definition->set, parameter);
        for (size_t a = 0; a < definition->axes; a++)
            places += chooses(&definition->axis[a].choice[0], parameter);
        if (places > 1) {
            snprintf(error, size, "%s is set in two places", parameter);
            return false;
        }
    }
    return true;
}

/* Whether the plot shows the axis by one of its parameters. */
static bool shows_axis(const struct sweep_plot *plot, const struct sweep_choice *choice)
{
    return chooses(choice, plot->x) || chooses(choice, plot->series) ||
           chooses(choice, plot->panel);
}

static bool shows(const struct sweep_plot *plot, const char *dimension)
{
    return !strcmp(plot->x, dimension) || !strcmp(plot->series, dimension) ||
           !strcmp(plot->panel, dimension);
}

/* Each cell of a plot is one measurement: what varies is shown. */
static bool check_plot(const struct sweep_definition *definition, const struct sweep_plot *plot,
                       char *error, size_t size)
{
    const char *const roles[] = {plot->x, plot->series, plot->panel};

    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (!is_dimension(roles[i], strlen(roles[i]))) {
            snprintf(error, size, "plot: '%s': " DIMENSIONS " is wanted", roles[i]);
            return false;
        }
    const char *missing = definition->traces.count > 1 && !shows(plot, "trace") ? "trace" : NULL;
    for (size_t i = 0; i < SWEEP_MEASURED; i++)
        if (definition->measured[i].count > 1 && !shows(plot, sweep_measured_names[i]))
            missing = sweep_measured_names[i];
    for (size_t a = 0; a < definition->axes; a++)
        if (definition->axis[a].count > 1 && !shows_axis(plot, &definition->axis[a].choice[0]))
            missing = definition->axis[a].choice[0].set[0].text;
    if (missing)
        snprintf(error, size, "plot of %s: %.*s varies, but is neither x, series nor panel",
                 plot->y, (int)strcspn(missing, "="), missing);
    return !missing;
}

static bool check(const struct sweep_definition *definition, char *error, size_t size)
{
    for (size_t i = 0; i < definition->labels; i++) {
        const char *of = definition->label[i].of;
        if (!is_dimension(of, strcspn(of, "="))) {
            snprintf(error, size, "label '%s': " DIMENSIONS " is wanted", of);
            return false;
        }
    }
    if (!check_axes(definition, error, size))
        return false;
    for (size_t i = 0; i < definition->plots; i++)
        if (!check_plot(definition, &definition->plot[i], error, size))
            return false;
    return true;
}

/* Cuts comment and blanks off; what is left may be empty. */
static char *trim(char *line)
{
    line += strspn(line, " \t");
    line[strcspn(line, "#\r\n")] = 0;
    for (size_t length = strlen(line); length && strchr(" \t", line[length - 1]);)
        line[--length] = 0;
    return line;
}

static bool read_lines(struct sweep_definition *definition, FILE *file, const char *path,
                       char *error, size_t error_size)
{
    char line[1024], reason[400];

    for (int number = 1; fgets(line, sizeof line, file); number++) {
        char *text = trim(line);
        if (*text && !sweep_parse_line(definition, text, reason, sizeof reason)) {
            snprintf(error, error_size, "%s:%d: %s", path, number, reason);
            return false;
        }
    }
    set_traces(definition);
    if (!check(definition, reason, sizeof reason)) {
        snprintf(error, error_size, "%s: %s", path, reason);
        return false;
    }
    return true;
}

/* The file's name without folder and suffix. */
static void set_name(struct sweep_definition *definition, const char *path)
{
    const char *base = strrchr(path, '/') + 1;

    definition->name = obstack_copy0(&definition->text, base, strcspn(base, "."));
    definition->title = definition->name;
}

bool sweep_definition_load(struct sweep_definition *definition, const char *name, char *error,
                           size_t error_size)
{
    char path[4096];

    if (strchr(name, '/'))
        snprintf(path, sizeof path, "%s", name);
    else
        snprintf(path, sizeof path, "%s/sim/sweeps/%s.sweep", dut_root(), name);
    memset(definition, 0, sizeof *definition);
    obstack_init(&definition->text);
    set_defaults(definition);
    set_name(definition, path);
    FILE *file = fopen(path, "r");
    if (!file) {
        snprintf(error, error_size, "no sweep '%s': %s: %s; sweep --list names those there are",
                 name, path, strerror(errno));
        return false;
    }
    bool good = read_lines(definition, file, path, error, error_size);
    fclose(file);
    return good;
}

void sweep_definition_free(struct sweep_definition *definition)
{
    obstack_free(&definition->text, NULL);
}

const char *sweep_label(const struct sweep_definition *definition, const char *of,
                        const char *value)
{
    size_t length = strlen(of);

    for (size_t i = 0; i < definition->labels; i++) {
        const char *label = definition->label[i].of;
        if (strncmp(label, of, length))
            continue;
        if (value ? label[length] == '=' && !strcmp(label + length + 1, value) : !label[length])
            return definition->label[i].text;
    }
    return value ? value : of;
}
