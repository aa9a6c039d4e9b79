#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# emulated-task.sh MILLISECONDS [FILE]
# A task that needs MILLISECONDS of service. Service counts only while the task runs: the clock is read at each short
# tick, and a tick that took as long as two was spent frozen, at least in part, and counts for nothing. So a pause of
# 100 ms or more never shortens a task. At the end `served MILLISECONDS` goes to FILE, if one is named.
# No process is started inside the loop: hundreds of these must run side by side.

# Without this clock no time would ever pass: 69 is "service unavailable".
if [[ -z ${EPOCHREALTIME-} ]]; then
    echo "emulated-task.sh: found bash $BASH_VERSION without EPOCHREALTIME, expected bash 5 or later" >&2
    exit 69
fi

LC_ALL=C
declare -i tick=50000 left last now elapsed wait
left=$1*1000

# A pipe opened for reading and writing at once never delivers and never ends: waiting on it is a sleep without a fork.
exec {never}<> <(:)

last=${EPOCHREALTIME/./}
while ((left > 0)); do
    wait=$((left < tick ? left : tick))
    printf -v timeout '0.%06d' "$wait"
    read -r -t "$timeout" -u "$never"
    now=${EPOCHREALTIME/./}
    elapsed=now-last
    last=now
    # A clock that was set back counts for nothing as well.
    ((elapsed > 0 && elapsed < 2 * tick && (left -= elapsed)))
done

if [[ -n $2 ]]; then
    echo "served $1" >"$2"
fi
exit 0
