# Reads trials.dat, steps.dat, steps-leaps.dat, records.dat and cells.dat of a results folder: size, median seconds,
# least, most, the line.
set terminal svg size 860,560 dynamic enhanced font 'sans-serif,13' background '#ffffff'
set output 'costs.svg'
set encoding utf8
set border 3
set tics nomirror out scale 0.6
set logscale xy
set format x '10^{%T}'
set format y '10^{%T}'
set yrange [1e-2:200]
set key top left
set ylabel 'seconds'
set multiplot layout 2,2
set xlabel 'networks, to t = 10^6'
plot 'trials.dat' using 1:2:3:4 with yerrorbars pt 7 ps 0.6 lc rgb '#0072B2' t 'sweep', \
  '' using 1:5 with lines lc rgb '#0072B2' t 'offset and line'
set xlabel 'steps of 1000 networks'
plot 'steps.dat' using 1:2:3:4 with yerrorbars pt 7 ps 0.6 lc rgb '#D55E00' t 'lockstep', \
  '' using 1:5 with lines lc rgb '#D55E00' t 'offset and line', \
  'steps-leaps.dat' using 1:2:3:4 with yerrorbars pt 7 ps 0.6 lc rgb '#0072B2' t 'with leaps'
set xlabel 'recorded t of 100 networks, to t = 10^6'
plot 'records.dat' using 1:2:3:4 with yerrorbars pt 7 ps 0.6 lc rgb '#0072B2' t 'sweep', \
  '' using 1:5 with lines lc rgb '#0072B2' t 'offset and line'
set xlabel 'cells of 10 networks, to t = 10^4'
plot 'cells.dat' using 1:2:3:4 with yerrorbars pt 7 ps 0.6 lc rgb '#0072B2' t 'sweep', \
  '' using 1:5 with lines lc rgb '#0072B2' t 'offset and line'
unset multiplot
unset output
