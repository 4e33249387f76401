# Runs one program and sees to its end whatever happens to the parent.
#
# supervisor.sh LIMIT OUTPUT LOG PROGRAM [ARGUMENT]...
#
# The parent holds the other end of standard input and never writes. The kernel closes that end when the parent is
# gone, however it went, also by SIGKILL; then the program gets SIGTERM, and SIGKILL after LIMIT tenths of a second.
# The same happens on SIGTERM, SIGINT and SIGHUP. Prints the process id of the program; exits with its status.

limit=$1 output=$2 log=$3
shift 3

end() {
  kill -TERM "$program"
  tenths=0
  while kill -0 "$program" && [ "$tenths" -lt "$limit" ]; do
    sleep 0.1
    tenths=$((tenths + 1))
  done
  kill -KILL "$program"
} 2>/dev/null

# In the background, because the wait below must go on.
trap 'end &' TERM INT HUP

# Under its own number: a shell gives background programs an empty standard input.
exec 3<&0
"$@" 3<&- </dev/null >>"$output" 2>>"$log" &
program=$!
echo "$program"

# A process of its own, so that it works also after this one was killed.
(
  trap - TERM INT HUP
  while read -r line <&3; do :; done
  end
) >/dev/null &
watcher=$!
exec 3<&- </dev/null >/dev/null

wait "$program"
status=$?
# A trapped signal ends a wait early.
while kill -0 "$program" 2>/dev/null; do
  wait "$program"
  status=$?
done
kill "$watcher" 2>/dev/null
exit "$status"
