// SPDX-License-Identifier: Apache-2.0
/* The lines of a definition. */
#include "sweep_parse.h"

#include "sweep_measure.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define obstack_chunk_alloc malloc
#define obstack_chunk_free  free

#define BLANKS " \t"

struct reader {
    struct sweep_definition *definition;
    char *error;
    size_t error_size;
};

__attribute__((format(printf, 2, 3))) static bool bad(const struct reader *reader,
                                                      const char *format, ...)
{
    va_list list;

    va_start(list, format);
    vsnprintf(reader->error, reader->error_size, format, list);
    va_end(list);
    return false;
}

static const char *keep(struct reader *reader, const char *text)
{
    return obstack_copy0(&reader->definition->text, text, strlen(text));
}

static bool is_assignment(const char *word)
{
    const char *equals = strchr(word, '=');

    return equals && equals != word && equals[1];
}

/* Cuts the text at any of `separators` and appends the pieces to the list. */
static bool append(struct reader *reader, struct sweep_list *list, char *text,
                   const char *separators)
{
    char *rest;

    for (char *word = strtok_r(text, separators, &rest); word;
         word = strtok_r(NULL, separators, &rest)) {
        if (list->count == SWEEP_ITEMS)
            return bad(reader, "more than %d values", SWEEP_ITEMS);
        list->item[list->count++] = keep(reader, word);
    }
    return list->count > 0 || bad(reader, "a value is wanted");
}

/* A port's name, or a number. */
static bool is_measured(enum sweep_measured what, const char *text)
{
    char *end;
    long value = strtol(text, &end, 10);

    if (what == SWEEP_PORT)
        return !strcmp(text, "data") || !strcmp(text, "fetch");
    return !*end && value >= 1 && value <= (what == SWEEP_LATENCY ? 100000 : 64);
}

static bool read_measured(struct reader *reader, enum sweep_measured what, char *text)
{
    static const char *const wanted[SWEEP_MEASURED] = {
        "data or fetch is", "cycles from 1 to 100000 are", "accesses from 1 to 64 are"};
    struct sweep_list *list = &reader->definition->measured[what];

    list->count = 0;
    if (!append(reader, list, text, "," BLANKS))
        return false;
    for (size_t i = 0; i < list->count; i++)
        if (!is_measured(what, list->item[i]))
            return bad(reader, "%s '%s': %s wanted", sweep_measured_names[what], list->item[i],
                       wanted[what]);
    return true;
}

/* A line key=value; false with a message when the key is unknown. */
static bool read_setting(struct reader *reader, const char *key, char *value)
{
    struct sweep_definition *definition = reader->definition;
    const struct {
        const char *name;
        const char **text;
    } plain[] = {
        {"title", &definition->title},
        {"preset", &definition->preset},
    };

    if (!*value)
        return bad(reader, "%s= without a value", key);
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (!strcmp(key, plain[i].name)) {
            *plain[i].text = keep(reader, value);
            return true;
        }
    if (!strcmp(key, "traces"))
        return append(reader, &definition->traces, value, BLANKS);
    if (!strcmp(key, "ports"))
        return read_measured(reader, SWEEP_PORT, value);
    if (!strcmp(key, "latency"))
        return read_measured(reader, SWEEP_LATENCY, value);
    if (!strcmp(key, "outstanding"))
        return read_measured(reader, SWEEP_OUTSTANDING, value);
    return bad(reader, "'%s=': title, preset, traces, ports, latency or outstanding is wanted",
               key);
}

/* Parameter=V words, appended to the choice. */
static bool read_sets(struct reader *reader, struct sweep_choice *choice, char *text)
{
    char *rest;

    for (char *word = strtok_r(text, BLANKS, &rest); word; word = strtok_r(NULL, BLANKS, &rest)) {
        if (!is_assignment(word))
            return bad(reader, "'%s': Parameter=V is wanted", word);
        if (choice->count == SWEEP_RELATED)
            return bad(reader, "more than %d parameters", SWEEP_RELATED);
        choice->set[choice->count++].text = keep(reader, word);
    }
    return choice->count > 0 || bad(reader, "Parameter=V is wanted");
}

static bool read_set(struct reader *reader, char *text)
{
    return read_sets(reader, &reader->definition->set, text);
}

static struct sweep_axis *add_axis(struct reader *reader, bool related)
{
    struct sweep_definition *definition = reader->definition;

    if (definition->axes == SWEEP_AXES) {
        bad(reader, "more than %d axes", SWEEP_AXES);
        return NULL;
    }
    struct sweep_axis *axis = &definition->axis[definition->axes++];
    axis->related = related;
    return axis;
}

/* Parameter=V,V,V: an axis of its own. */
static bool read_grid(struct reader *reader, char *text)
{
    char *rest;

    if (!is_assignment(text))
        return bad(reader, "grid '%s': Parameter=V,V,V is wanted", text);
    struct sweep_axis *axis = add_axis(reader, false);
    if (!axis)
        return false;
    char *values = strchr(text, '=');
    *values++ = 0;
    for (char *value = strtok_r(values, "," BLANKS, &rest); value;
         value = strtok_r(NULL, "," BLANKS, &rest)) {
        if (axis->count == SWEEP_CHOICES)
            return bad(reader, "more than %d values", SWEEP_CHOICES);
        struct sweep_choice *choice = &axis->choice[axis->count++];
        obstack_printf(&reader->definition->text, "%s=%s", text, value);
        obstack_1grow(&reader->definition->text, 0);
        choice->set[choice->count++].text = obstack_finish(&reader->definition->text);
    }
    return axis->count > 0 || bad(reader, "grid %s has no values", text);
}

/* One step of the axis of all `points` lines; each step sets the same parameters. */
static bool read_points(struct reader *reader, char *text)
{
    struct sweep_definition *definition = reader->definition;
    struct sweep_axis *axis = NULL;

    for (size_t i = 0; i < definition->axes; i++)
        if (definition->axis[i].related)
            axis = &definition->axis[i];
    if (!axis)
        axis = add_axis(reader, true);
    if (!axis)
        return false;
    if (axis->count == SWEEP_CHOICES)
        return bad(reader, "more than %d lines of points", SWEEP_CHOICES);
    struct sweep_choice *choice = &axis->choice[axis->count++];
    if (!read_sets(reader, choice, text))
        return false;
    for (size_t i = 0; i < axis->choice[0].count; i++) {
        size_t length = strcspn(axis->choice[0].set[i].text, "=") + 1;
        if (i >= choice->count || strncmp(choice->set[i].text, axis->choice[0].set[i].text, length))
            return bad(reader, "points: every line sets the same parameters, in the same order");
    }
    return choice->count == axis->choice[0].count ||
           bad(reader, "points: every line sets the same parameters, in the same order");
}

static bool read_label(struct reader *reader, char *text)
{
    struct sweep_definition *definition = reader->definition;
    char *rest = text + strcspn(text, BLANKS);

    if (*rest)
        *rest++ = 0;
    rest += strspn(rest, BLANKS);
    if (!*text || !*rest)
        return bad(reader, "label: Parameter TEXT or Parameter=V TEXT is wanted");
    if (definition->labels == SWEEP_ITEMS)
        return bad(reader, "more than %d labels", SWEEP_ITEMS);
    definition->label[definition->labels++] =
        (struct sweep_label){keep(reader, text), keep(reader, rest)};
    return true;
}

static bool no_measure(struct reader *reader, const char *name)
{
    char names[200] = "";

    for (size_t i = 0; i < SWEEP_MEASURES; i++)
        snprintf(names + strlen(names), sizeof names - strlen(names), " %s",
                 sweep_measures[i].name);
    return bad(reader, "plot: y=%s: there is no such measure; there are%s", name, names);
}

static bool read_plot(struct reader *reader, char *text)
{
    struct sweep_definition *definition = reader->definition;
    struct sweep_plot plot = {.panel = "trace"};
    const struct {
        const char *name;
        const char **text;
    } roles[] = {
        {"x=", &plot.x}, {"series=", &plot.series}, {"y=", &plot.y}, {"panel=", &plot.panel}};
    char *rest;

    for (char *word = strtok_r(text, BLANKS, &rest); word; word = strtok_r(NULL, BLANKS, &rest)) {
        size_t i = 0, count = sizeof roles / sizeof *roles;
        while (i < count && strncmp(word, roles[i].name, strlen(roles[i].name)))
            i++;
        if (i == count || !word[strlen(roles[i].name)])
            return bad(reader, "plot: '%s': x=, series=, y= or panel= is wanted", word);
        *roles[i].text = keep(reader, word + strlen(roles[i].name));
    }
    if (!plot.x || !plot.series || !plot.y)
        return bad(reader, "plot: x=, series= and y= are wanted");
    if (sweep_measure_find(plot.y) == SWEEP_MEASURES)
        return no_measure(reader, plot.y);
    if (definition->plots == SWEEP_PLOTS)
        return bad(reader, "more than %d plots", SWEEP_PLOTS);
    definition->plot[definition->plots++] = plot;
    return true;
}

bool sweep_parse_line(struct sweep_definition *definition, char *line, char *error,
                      size_t error_size)
{
    static const struct {
        const char *name;
        bool (*read)(struct reader *reader, char *text);
    } kinds[] = {
        {"set", read_set},     {"grid", read_grid}, {"points", read_points},
        {"label", read_label}, {"plot", read_plot},
    };
    struct reader reader = {definition, error, error_size};
    size_t length = strcspn(line, "=" BLANKS);
    char separator = line[length], *rest = line + length + (separator != 0);

    line[length] = 0;
    if (separator == '=')
        return read_setting(&reader, line, rest);
    rest += strspn(rest, BLANKS);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (!strcmp(line, kinds[i].name))
            return kinds[i].read(&reader, rest);
    return bad(&reader,
               "'%s': title=, preset=, traces=, ports=, latency=, outstanding=, set, grid, "
               "points, label or plot is wanted",
               line);
}
