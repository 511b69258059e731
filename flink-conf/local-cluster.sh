#!/usr/bin/env bash
# A Flink cluster on this machine, of Maven's artifacts instead of a download: a JobManager, two TaskManagers, the web UI.
#
#   local-cluster.sh start [-Dname=value ...]     start what does not run; Flink's options beside those of config.yaml
#   local-cluster.sh status                       what runs, where the web UI and the metrics are, the jobs
#   local-cluster.sh submit ARGS                  start the job with these arguments (job/target/massive-pipeline.jar)
#   local-cluster.sh kill-taskmanager [N]         kill -9 one, by default the first that works; a new one takes its place
#   local-cluster.sh savepoint                    end the job with a savepoint and print where it is
#   local-cluster.sh resume [SAVEPOINT] [ARGS]    go on from the newest savepoint, or that one, with the arguments of the
#                                                 last submit; what is given here wins
#   local-cluster.sh stop                         end all processes
#
# The TaskManagers have the environment of the start: MASSIVE_API_KEY, REDIS_PASSWORD. Settings, by environment:
#   CLUSTER_DIR            where logs, checkpoints and savepoints are         [flink-conf/target/local-cluster]
#   REST_PORT              the web UI                                         [the first free one from 8081]
#   JOBMANAGER_MEMORY, TASKMANAGER_MEMORY   of each process                   [768m, 1400m]
#   TASKMANAGER_JVM        more options for the JVMs of the TaskManagers
set -euo pipefail

conf=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
lib=$conf/target/flink/lib
jar=$conf/../job/target/massive-pipeline.jar
dir=${CLUSTER_DIR:-$conf/target/local-cluster}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
taskmanagers=2
export FLINK_CONF_DIR=$conf FLINK_PLUGINS_DIR=$conf/target/flink/plugins

die() {
    echo "local-cluster: $*" >&2
    exit 1
}

# ---- processes ----

# The id of a process of this cluster, if it runs: the number in the file may have become another's.
pid_of() {
    local pid
    pid=$(cat "$dir/$1.pid" 2>/dev/null) || return 1
    ps -p "$pid" -o args= 2>/dev/null | grep -q -- "-Dmassive.cluster=$dir/$1 " || return 1
    echo "$pid"
}

is_free() {
    ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# The first free port from $1, which nobody else here has been given.
free_port() {
    local port=$1
    while ! is_free "$port" || grep -qsx "$port" "$dir"/*.port; do port=$((port + 1)); done
    echo "$port"
}

# A port that stays the same as long as the cluster runs.
port_of() {
    [ -f "$dir/$1.port" ] || echo "${3:-$(free_port "$2")}" >"$dir/$1.port"
    cat "$dir/$1.port"
}

# What a user of config.yaml would have to set: places and ports, and memory and patience for one machine that has other
# things to do.
settings() {
    echo "-Drest.port=$(port_of rest 8081 "${REST_PORT:-}")"
    echo "-Djobmanager.rpc.port=$(port_of rpc 6123)"
    echo "-Djobmanager.memory.process.size=${JOBMANAGER_MEMORY:-768m}"
    echo "-Dtaskmanager.memory.process.size=${TASKMANAGER_MEMORY:-1400m}"
    echo "-Dtaskmanager.memory.task.off-heap.size=128m"
    echo "-Dexecution.checkpointing.dir=file://$dir/checkpoints"
    echo "-Dexecution.checkpointing.savepoint-dir=file://$dir/savepoints"
    echo "-Dio.tmp.dirs=$dir/tmp"
    echo "-Dpekko.startup-timeout=60s"
    cat "$dir/settings" 2>/dev/null || true
}

# The options of config.yaml that are for the JVM and not for Flink.
jvm_option() {
    sed -n "s/^env.java.opts.$1: *//p" "$conf/config.yaml"
    [ "$1" != taskmanager ] || echo "${TASKMANAGER_JVM:-}"
}

# Flink's own arithmetic, memory KIND COMMAND ARGS: the JVM's parameters on the first line, Flink's on the second. Done once
# for each kind of process: it starts a JVM, and a TaskManager that died should be replaced at once.
memory() {
    local results=$dir/$1.memory command=$2
    shift 2
    [ -s "$results" ] || "$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$lib/*" \
        org.apache.flink.runtime.util.bash.BashJavaUtils "$command" --configDir "$conf" "$@" 2>>"$dir/log/memory.log" |
        sed -n 's/^BASH_JAVA_UTILS_EXEC_RESULT://p' >"$results"
    cat "$results"
}

# launch NAME KIND MAIN-CLASS MEMORY-COMMAND METRICS-PORT [ARGS]
launch() {
    local name=$1 kind=$2 main=$3 command=$4 metrics=$5
    shift 5
    local -a flink parameters
    mapfile -t flink < <(settings)
    mapfile -t parameters < <(memory "$kind" "$command" "${flink[@]}")
    flink+=("-Dmetrics.reporter.prom.port=$(port_of "$name" "$metrics")" "$@")
    [ ${#parameters[@]} -ge 1 ] || die "no memory parameters; see $dir/log/memory.log"
    # shellcheck disable=SC2086  # several options in one text
    nohup "$java" "-Dmassive.cluster=$dir/$name" \
        ${parameters[0]} $(jvm_option all) $(jvm_option "$kind") \
        "-Dlog.file=$dir/log/$name.log" "-Dlog4j.configurationFile=file:$conf/log4j.properties" \
        -cp "$lib/*" "$main" --configDir "$conf" ${parameters[1]:-} "${flink[@]}" \
        >"$dir/log/$name.out" 2>&1 </dev/null 9>&- &
    echo $! >"$dir/$name.pid"
    disown
}

jobmanager() {
    pid_of jobmanager >/dev/null || launch jobmanager jobmanager \
        org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint GET_JM_RESOURCE_PARAMS 9249
}

taskmanager() {
    pid_of "taskmanager-$1" >/dev/null || launch "taskmanager-$1" taskmanager \
        org.apache.flink.runtime.taskexecutor.TaskManagerRunner GET_TM_RESOURCE_PARAMS 9250 \
        "-Dtaskmanager.resource-id=taskmanager-$1-$(date +%s%N)"
}

names() {
    for ((i = 1; i <= taskmanagers; i++)); do echo "taskmanager-$i"; done
    echo jobmanager
}

# ---- the REST interface and the client ----

rest() {
    curl -fsS --max-time 5 "http://localhost:$(cat "$dir/rest.port")$1" 2>/dev/null
}

# The ids of jobs that have not ended.
running_jobs() {
    rest /jobs | tr '{' '\n' | sed -n 's/.*"id":"\([0-9a-f]*\)","status":"\(CREATED\|RUNNING\|RESTARTING\|INITIALIZING\)".*/\1/p'
}

# Flink's command line, client COMMAND [ARGS]. It needs the cluster's settings, too: what config.yaml says travels with a job.
client() {
    local command=$1
    shift
    [ -f "$dir/rest.port" ] && pid_of jobmanager >/dev/null || die "not running; local-cluster.sh start"
    local -a flink
    mapfile -t flink < <(settings)
    # shellcheck disable=SC2046  # several options in one text
    "$java" $(jvm_option client) "-Dlog4j.configurationFile=file:$conf/log4j-cli.properties" \
        -cp "$lib/*" org.apache.flink.client.cli.CliFrontend "$command" -t remote "${flink[@]}" "$@"
}

is_up() {
    rest /overview | grep -q "\"taskmanagers\":$taskmanagers,"
}

# Two commands at a time would start everything twice.
one_at_a_time() {
    mkdir -p "$dir"
    ! command -v flock >/dev/null || { exec 9>"$dir/lock" && flock -w 90 9 || die "another command is at work in $dir"; }
}

# ---- commands ----

start() {
    one_at_a_time
    ls "$lib"/flink-runtime-*.jar >/dev/null 2>&1 || die "no distribution yet; build it: mvn package -DskipTests"
    mkdir -p "$dir/log" "$dir/tmp" "$FLINK_PLUGINS_DIR"
    if pid_of jobmanager >/dev/null; then
        [ $# -eq 0 ] || die "running already; stop it before it can have other options"
    else
        rm -f "$dir"/*.port "$dir"/*.memory
        printf '%s\n' "$@" | sed '/^$/d' >"$dir/settings"
        is_free "$(port_of rest 8081 "${REST_PORT:-}")" || die "port $(cat "$dir/rest.port") is taken"
    fi
    jobmanager
    for ((i = 1; i <= taskmanagers; i++)); do taskmanager "$i"; done
    for ((i = 0; i < 120; i++)); do
        is_up && break
        pid_of jobmanager >/dev/null || die "the JobManager ended; see $dir/log/jobmanager.log and .out"
        sleep 0.5
    done
    is_up || die "not up after 60 s; see $dir/log"
    status
}

status() {
    local name pid all=0
    for name in $(names | sort); do
        if pid=$(pid_of "$name"); then
            echo "$name runs as $pid, metrics at http://localhost:$(cat "$dir/$name.port")/metrics"
        else
            echo "$name does not run"
            all=1
        fi
    done
    if pid_of jobmanager >/dev/null; then
        echo "web UI at http://localhost:$(cat "$dir/rest.port")"
        rest /jobs/overview | tr '{' '\n' | sed -n 's/^"jid":"\([^"]*\)","name":"\([^"]*\)".*"state":"\([^"]*\)".*/job \1 \2 \3/p'
    fi
    return $all
}

submit() {
    [ -f "$jar" ] || die "no job yet; build it: mvn package -DskipTests"
    mkdir -p "$dir"
    printf '%s\0' "$@" >"$dir/arguments"
    client run -d "$jar" "$@"
}

kill_taskmanager() {
    one_at_a_time
    local number=${1:-} name pid at
    if [ -z "$number" ]; then
        number=$(rest /taskmanagers | tr '{' '\n' | awk '
            match($0, /"id":"taskmanager-[0-9]+/) { n = substr($0, RSTART + 18, RLENGTH - 18) }
            match($0, /"slotsNumber":[0-9]+/) { slots = substr($0, RSTART + 14, RLENGTH - 14) }
            match($0, /"freeSlots":[0-9]+/) { if (slots != substr($0, RSTART + 12, RLENGTH - 12)) { print n; exit } }')
        number=${number:-1}
    fi
    name=taskmanager-$number
    pid=$(pid_of "$name") || die "$name does not run"
    kill -9 "$pid"
    at=$(date +%s%3N)
    while pid_of "$name" >/dev/null; do sleep 0.05; done
    echo "killed $name, which was $pid, at $at"
    taskmanager "$number"
    echo "$name runs as $(pid_of "$name")"
}

savepoint() {
    local job
    job=$(running_jobs)
    [ -n "$job" ] || die "no job runs"
    [ "$(wc -w <<<"$job")" -eq 1 ] || die "several jobs run; use the web UI"
    client stop --savepointPath "file://$dir/savepoints" "$job"
}

resume() {
    local from=
    local -a arguments
    if [ $# -gt 0 ] && [[ $1 != --* ]]; then
        from=$1
        shift
    else
        from=$(ls -td "$dir"/savepoints/savepoint-* 2>/dev/null | head -1)
        [ -n "$from" ] || die "no savepoint in $dir/savepoints"
        from=file://$from
    fi
    [ -f "$dir/arguments" ] || die "nothing was submitted yet"
    mapfile -d '' -t arguments <"$dir/arguments"
    client run -s "$from" -d "$jar" "${arguments[@]}" "$@"
}

stop() {
    one_at_a_time
    local name pid
    for name in $(names); do
        pid=$(pid_of "$name") || continue
        kill "$pid"
        for ((i = 0; i < 100; i++)); do
            pid_of "$name" >/dev/null || break
            sleep 0.1
        done
        pid_of "$name" >/dev/null && kill -9 "$pid"
        echo "$name stopped"
    done
    rm -f "$dir"/*.pid "$dir"/*.port "$dir"/*.memory
}

case ${1:-} in
start | status | submit | savepoint | resume | stop) "$1" "${@:2}" ;;
kill-taskmanager) kill_taskmanager "${@:2}" ;;
*)
    sed -n '2,/^set /s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit 2
    ;;
esac
