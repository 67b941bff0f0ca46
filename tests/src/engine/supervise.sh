# Runs a command that ends no later than whoever holds the other end of this script's standard input.
# That end closes when its holder exits, panics or is killed; no signal handler does as much.
# $1: the signal that ends the command. The rest: the command.
signal=$1
shift
exec 3<&0
"$@" </dev/null 3<&- &
command=$!
{ read -r line <&3; kill -s "$signal" "$command"; } 2>/dev/null &
watcher=$!
wait "$command"
status=$?
kill "$watcher" 2>/dev/null
exit "$status"
