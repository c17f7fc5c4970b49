# Reads the .dat files of a results folder: size, median seconds, least, most and, of curves, the line.
set terminal svg size 1200,620 dynamic enhanced font 'sans-serif,13' background '#ffffff'
set output 'costs.svg'
set encoding utf8
set border 3
set tics nomirror out scale 0.6
set logscale xy
set format x '10^{%T}'
set format y '10^{%T}'
set yrange [1e-2:600]
set key top left
set ylabel 'seconds'
blue = '#0072B2'
red = '#D55E00'
points = 'using 1:2:3:4 with yerrorbars pt 7 ps 0.6 lc rgb '
line = 'using 1:5 with lines lc rgb '
set multiplot layout 2,3
set xlabel 'networks, to t = 10^6'
plot 'trials.dat' @points blue t 'sweep', '' @line blue t 'offset and line'
set xlabel 'steps of 1000 networks'
plot 'steps.dat' @points red t 'lockstep', '' @line red t 'offset and line', 'steps-leaps.dat' @points blue t 'with leaps'
set xlabel 'recorded t of 100 networks, to t = 10^6'
plot 'records.dat' @points blue t 'sweep', '' @line blue t 'offset and line'
set xlabel 'cells of 10 networks, to t = 10^4'
plot 'cells.dat' @points blue t 'sweep', '' @line blue t 'offset and line'
set format x '%g'
set xtics (1, 2, 4)
set xrange [0.8:5]
set xlabel 'threads'
plot 'threads-lockstep.dat' @points red t 'lockstep', 'threads-leaps.dat' @points blue t 'with leaps'
if (system("test -e ranks-leaps.dat && echo yes") eq "yes") {
  set xlabel 'ranks of a thread each'
  plot 'ranks-lockstep.dat' @points red t 'lockstep', 'ranks-leaps.dat' @points blue t 'with leaps'
}
unset multiplot
unset output
