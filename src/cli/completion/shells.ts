/**
 * What makes each shell ask us at every Tab: `lastkmsg completion words WORDS…` answers a line each, `word<TAB>what it is for`, and a last
 * line `:files` or `:directories` where the shell is to add its own.
 */
export const SHELLS = {
  bash: `# bash completion of lastkmsg: source <(lastkmsg completion bash)
_lastkmsg() {
  local cur=\${COMP_WORDS[COMP_CWORD]} line
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :files) compopt -o default; COMPREPLY+=($(compgen -f -- "$cur")) ;;
      :directories) compopt -o dirnames; COMPREPLY+=($(compgen -d -- "$cur")) ;;
      *) COMPREPLY+=("\${line%%$'\\t'*}") ;;
    esac
  done < <("\${COMP_WORDS[0]}" completion words -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  [[ \${#COMPREPLY[@]} -gt 0 && $cur == *,* ]] && compopt -o nospace
  return 0
}
complete -F _lastkmsg lastkmsg
`,
  zsh: `#compdef lastkmsg
# zsh completion of lastkmsg: source <(lastkmsg completion zsh), or as _lastkmsg in a directory of $fpath
_lastkmsg() {
  local -a described
  local line word files=
  for line in "\${(@f)$("\${words[1]}" completion words -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    case $line in
      :files) files=files ;;
      :directories) files=directories ;;
      '') ;;
      *) word=\${line%%$'\\t'*}; described+=("\${word//:/\\\\:}:\${line#*$'\\t'}") ;;
    esac
  done
  (( $#described )) && _describe 'lastkmsg' described
  [[ $files == files ]] && _files
  [[ $files == directories ]] && _files -/
  return 0
}
if [ "$funcstack[1]" = "_lastkmsg" ]; then _lastkmsg "$@"; else compdef _lastkmsg lastkmsg; fi
`,
  fish: `# fish completion of lastkmsg: lastkmsg completion fish | source
function __lastkmsg_words
  set -l words (commandline -opc) (commandline -ct)
  for line in ($words[1] completion words -- $words[2..-1] 2>/dev/null)
    switch $line
      case :files
        __fish_complete_path (commandline -ct)
      case :directories
        __fish_complete_directories (commandline -ct)
      case '*'
        echo $line
    end
  end
end
complete -c lastkmsg -f -a '(__lastkmsg_words)'
`,
} as const;
