# The lines that bash would make of a line with the cursor at its end, one a line.
# Usage: bash --norc complete_in_bash.bash SCRIPT LINE
source "$1"
COMP_LINE=$2
COMP_POINT=${#COMP_LINE}
# Blanks separate words; = and : are words of their own.
broken=${COMP_LINE//=/ = }
read -ra COMP_WORDS <<< "${broken//:/ : }"
[[ $COMP_LINE == *[[:blank:]=:] ]] && COMP_WORDS+=('')
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_logmargin
last_word=${COMP_LINE##*[[:blank:]=:]}
for reply in "${COMPREPLY[@]}"; do printf '%s\n' "${COMP_LINE%"$last_word"}$reply"; done
