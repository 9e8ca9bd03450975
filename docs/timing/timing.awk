# SPDX-License-Identifier: Apache-2.0
# Draws a timing diagram as SVG. Input, a line each; cycles are counted from 0:
#   cycles N            how many
#   clock NAME          a clock: it rises at the end of each cycle
#   bit NAME SPAN...    high in these cycles: C or C-C
#   bus NAME SPAN:TEXT...  a value in these cycles; _ in TEXT is a blank
#   gap TEXT            a heading
#   note TEXT           below the drawing
# A # begins a comment.
BEGIN { left = 168; step = 50; high = 26; y = 14 }
/^#/ || NF == 0 { next }
$1 == "cycles" {
    cycles = $2
    for (c = 0; c < cycles; c++)
        body = body sprintf("<text class=\"c\" x=\"%d\" y=\"%d\">%d</text>\n", left + c * step + step / 2, y, c)
    top = y + 6
    y += 14
    next
}
function rest(from,   text, i) {
    for (i = from; i <= NF; i++) text = text (i > from ? " " : "") $i
    gsub(/&/, "\\&amp;", text); gsub(/</, "\\&lt;", text)
    return text
}
function name(text) {
    body = body sprintf("<text class=\"n\" x=\"%d\" y=\"%d\">%s</text>\n", left - 10, y + 14, text)
}
function span(text) { # sets first and last
    split(text, ends, "-")
    first = ends[1]
    last = ends[2] == "" ? first : ends[2]
}
$1 == "gap" {
    y += 6
    body = body sprintf("<text class=\"g\" x=\"8\" y=\"%d\">%s</text>\n", y + 12, rest(2))
    y += 18
    next
}
$1 == "note" { notes[++note_count] = rest(2); next }
$1 == "clock" {
    name($2)
    path = "M" left " " y + 4
    for (c = 0; c < cycles; c++)
        path = path sprintf(" V%d h%d V%d h%d", y + 4, step / 2, y + 18, step / 2)
    body = body "<path class=\"s\" d=\"" path "\"/>\n"
    y += high
    next
}
$1 == "bit" {
    name($2)
    split("", on)
    for (i = 3; i <= NF; i++) { span($i); for (c = first; c <= last; c++) on[c] = 1 }
    path = "M" left " " (on[0] ? y + 4 : y + 18)
    for (c = 0; c < cycles; c++)
        path = path " V" (on[c] ? y + 4 : y + 18) " h" step
    body = body "<path class=\"s\" d=\"" path "\"/>\n"
    y += high
    next
}
$1 == "bus" {
    name($2)
    body = body sprintf("<path class=\"z\" d=\"M%d %d h%d\"/>\n", left, y + 11, cycles * step)
    for (i = 3; i <= NF; i++) {
        at = index($i, ":")
        span(substr($i, 1, at - 1))
        label = substr($i, at + 1)
        gsub(/_/, " ", label)
        x = left + first * step
        w = (last - first + 1) * step
        body = body sprintf("<path class=\"b\" d=\"M%d %d l4 -7 h%d l4 7 l-4 7 h-%d z\"/>\n", x, y + 11, w - 8, w - 8)
        body = body sprintf("<text class=\"v\" x=\"%d\" y=\"%d\">%s</text>\n", x + w / 2, y + 15, label)
    }
    y += high
    next
}
{ print FILENAME ":" FNR ": not a line of a timing diagram: " $0 > "/dev/stderr"; bad = 1; exit 1 }
END {
    if (bad) exit 1
    bottom = y
    y += 8
    for (n = 1; n <= note_count; n++)
        body = body sprintf("<text class=\"t\" x=\"8\" y=\"%d\">%s</text>\n", y += 16, notes[n])
    width = left + cycles * step + 12
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n", width, y + 12, width, y + 12
    print "<!-- SPDX-License-Identifier: Apache-2.0; drawn by docs/timing/timing.awk -->"
    print "<style>text{font-family:DejaVu Sans,Verdana,sans-serif;font-size:11px;fill:#222}.n{text-anchor:end;font-family:DejaVu Sans Mono,monospace}" \
          ".c{text-anchor:middle;fill:#777}.v{text-anchor:middle}.g{font-weight:bold;fill:#8a1c1c}.t{fill:#444}" \
          ".s{fill:none;stroke:#14507a;stroke-width:1.5}.b{fill:#dcebf5;stroke:#14507a;stroke-width:1.2}.z{stroke:#bbb}.l{stroke:#e4e4e4}</style>"
    printf "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", width, y + 12
    for (c = 0; c <= cycles; c++)
        printf "<path class=\"l\" d=\"M%d %d V%d\"/>\n", left + c * step, top, bottom
    printf "%s</svg>\n", body
}
