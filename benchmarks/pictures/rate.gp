# Reads cell0-times.dat of a sweep to t = 1e300; its first line names the columns.
set terminal svg size 860,330 dynamic enhanced font 'sans-serif,14' background '#ffffff'
set output 'rate.svg'
set encoding utf8
set border 3
set tics nomirror out scale 0.6
set datafile missing 'NaN'
constant = 0.3804
set multiplot layout 1,2

set title 'what a long experiment sees'
set xlabel 't'
set ylabel 'gap to the optimal margin'
set logscale y
set format x '10^{%g}'
set format y '10^{%T}'
set xrange [0:6]
set yrange [1e-3:20]
plot 'cell0-times.dat' using 1:2:6 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder t '5-95 %', \
  '' using 1:3:5 with filledcurves fc rgb '#0072B2' fs transparent solid 0.35 noborder t '25-75 %', \
  '' using 1:4 with lines lc rgb '#0072B2' lw 2 t 'median of 2,523 networks', \
  (x > 0.4 ? constant/(x*log(10)) : NaN) with lines lc rgb '#D55E00' lw 2 dt 2 t 'C_∞ / ln t'

set title 'what leaps show, to t = 10^{300}'
unset logscale y
set format '%g'
set xlabel 'ln t'
set ylabel '1 / gap'
set xrange [0:691]
set yrange [0:4500]
set key top left
plot 'cell0-times.dat' using ($1*log(10)):8:10 with filledcurves fc rgb '#0072B2' fs transparent solid 0.35 noborder t '25-75 %', \
  '' using ($1*log(10)):9 with lines lc rgb '#0072B2' lw 2 t 'median', \
  x/constant with lines lc rgb '#D55E00' lw 2 dt 2 t 'ln t / C_∞'
unset multiplot
unset output
