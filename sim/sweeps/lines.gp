# SPDX-License-Identifier: Apache-2.0
# The look of a sweep's plots: one panel for each block of $numbers, one line for each series. The
# script that loads this sets picture, heading, conditions, x_title, y_title, series_title, the arrays
# series and panels, and $numbers, whose lines are the name of x and a value for each series.
#
# Lines differ by shade, dashes and points, so that they can be told apart without colour.
array shade[8] = ['#000000', '#c03020', '#2060b0', '#e09000', '#208040', '#905090', '#707070', '#30a0c0']
array point[8] = [7, 9, 5, 13, 6, 8, 4, 12]
lines = |series|
columns = |panels| > 3 ? 2 : |panels|
rows = (|panels| + columns - 1) / columns
width = 112 + 340 * columns + (columns == 1 ? 120 : 0)
height = 225 + 290 * rows

set terminal svg size width, height font 'sans-serif,13' background 'white' dynamic
set output picture . '.part' # it gets its name when it is whole
set encoding utf8
set datafile missing '?'
set grid ytics linecolor '#d0d0d0' linewidth 1
set border 3 linecolor '#404040'
set tics nomirror out
set xrange [-0.3:*]
set yrange [(y_title eq 'cycles per access' ? 1 : 0):*]
set offsets 0, 0.3, 0, 0
set label 1 conditions at screen 0.5, 1 - 45.0 / height center font ',12' textcolor '#404040'
set multiplot layout rows, columns title heading font ',16' \
    margins 107.0 / width, 1 - 15.0 / width, 165.0 / height, 1 - 105.0 / height \
    spacing 65.0 / width, 88.0 / height
do for [panel = 1:|panels|] {
    set title panels[panel] font ',14'
    if ((panel - 1) % columns == 0) { set ylabel y_title } else { unset ylabel }
    if (panel + columns > |panels|) { set xlabel x_title } else { unset xlabel }
    if (panel == 1) {
        set key at screen 0.5, 15.0 / height center bottom horizontal maxrows 1 Left reverse samplen 3 \
            title series_title
    } else {
        unset key
    }
    if (panel == 2) { unset label 1 }
    plot for [s = 1:lines] $numbers index (panel - 1) using 0:(column(s + 1)):xtic(1) \
        with linespoints linecolor rgb shade[1 + (s - 1) % 8] linewidth 1.8 \
        dashtype 1 + (s - 1) % 5 pointtype point[1 + (s - 1) % 8] pointsize 0.8 title series[s]
}
unset multiplot
set output
system sprintf("mv '%s.part' '%s'", picture, picture)
