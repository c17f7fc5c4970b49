# What zsh offers at the end of a line, one a line. Usage: zsh -f complete_in_zsh.zsh FOLDER_OF_THE_FUNCTION LINE
zmodload zsh/zpty
setup=$(mktemp)
cat > $setup <<'END'
PROMPT=
fpath=($function_folder $fpath)
autoload -Uz compinit
compinit -u -d $PWD/.zcompdump
bindkey '^I' complete-word
unsetopt prompt_cr prompt_sp zle_bracketed_paste
mark() { print -r -- $'\0' }
leave() { mark; exit }
compprefuncs=(mark)
comppostfuncs=(leave)
compadd() {
  # Calls that fill arrays are between completion functions.
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then
    builtin compadd "$@"
    return
  fi
  local -a hits
  builtin compadd -A hits "$@"
  print -rl -- $hits
  builtin compadd "$@"
}
# The line editor listens: what comes earlier would be the terminal's.
zle-line-init() { print all set }
zle -N zle-line-init
END
zpty shell "function_folder=${(q)1} zsh -f -i"
zpty -w shell "source $setup"
zpty -r -m shell output '*all set*'
# The end of file is for a shell that completes nothing.
zpty -w -n shell "$2"$'\t\C-u\C-d'
output=
while zpty -r shell piece; do output+=$piece; done
zpty -d shell
rm -f $setup
# Between the two marks.
output=${${output#*$'\0'}%%$'\0'*}
print -r -- ${output//$'\r'/}
