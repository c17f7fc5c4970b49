# Reads alive.dat and paper.dat of a results folder: name, times logmargin's time, least, most, whether it is logmargin.
set terminal svg size 900,380 dynamic enhanced font 'sans-serif,13' background '#ffffff'
set output 'peers.svg'
set encoding utf8
set border 3
set tics nomirror out scale 0.6
set logscale x
set grid x lc rgb '#dddddd'
unset key
set multiplot layout 1,2
set ytics scale 0
set yrange [-0.7:*]
set format x '%g'
set xlabel 'times the time of logmargin'

set title 'the loop alone, every point alive'
plot 'alive.dat' using 2:0:($5 > 0 ? 0x0072B2 : 0x999999):ytic(1) with points pt 7 ps 1 lc rgb variable, \
  '' using 2:0:3:4:($5 > 0 ? 0x0072B2 : 0x999999) with xerrorbars pt 0 lw 2 lc rgb variable

set title 'to t = 10^6 with statistics'
set format x '10^{%T}'
plot 'paper.dat' using 2:0:($5 > 0 ? 0x0072B2 : 0x999999):ytic(1) with points pt 7 ps 1 lc rgb variable, \
  '' using 2:0:3:4:($5 > 0 ? 0x0072B2 : 0x999999) with xerrorbars pt 0 lw 2 lc rgb variable
unset multiplot
unset output
