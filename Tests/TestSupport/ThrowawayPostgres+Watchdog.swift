extension ThrowawayPostgres {
    /// What the server's log says when it answers.
    static let ready = "database system is ready to accept connections"

    static let settings = [
        "unix_socket_directories = '..'",
        "max_connections = 200",
        "shared_buffers = 32MB",
        // Shared memory as files of the folder: a killed server leaves nothing in /dev/shm.
        "dynamic_shared_memory_type = mmap",
        // Ready and dead, not what the tests do wrong on purpose: it is all read and kept.
        "log_min_messages = log",
        "log_checkpoints = off",
        "log_min_error_statement = panic",
    ]

    /// Faster, and good for nothing but tests.
    static let hasty = ["fsync = off", "synchronous_commit = off", "full_page_writes = off"]

    /// Makes the cluster, keeps its server, and cleans up at the end of its input. It first writes the folder's path.
    ///
    /// The one role with a password is `guarded`; whoever makes it shall have to show it.
    static let watchdog = """
        settings=$1
        certificate_name=$2
        base=${TMPDIR:-/tmp}
        [ ${#base} -le 60 ] || base=/tmp   # the path of a unix socket has at most 107 bytes
        folder=$(mktemp -d "$base/fichas-postgres.XXXXXX") || exit 1
        server=
        trap '' INT TERM HUP
        trap 'trap "" PIPE; [ -z "$server" ] || { kill -QUIT "$server"; wait "$server"; }; cd /; rm -rf "$folder"' EXIT
        trap 'exit 1' PIPE
        cd "$folder" || exit 1
        echo "$folder"
        as=(setpriv --pdeathsig QUIT)   # to a server: stop at once, and clean up
        if [ "$(id -u)" = 0 ]; then
            # PostgreSQL refuses to be root.
            chown nobody: . && as+=(--reuid nobody --regid nogroup --clear-groups)
        fi
        bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
        "${as[@]}" "$bin/initdb" -D data -U fichas --auth=trust --no-sync --encoding=UTF8 --locale=C \\
            --no-instructions >initdb.log 2>&1 || { cat initdb.log; exit 1; }
        printf '%s\\n' "$settings" >>data/postgresql.conf
        printf '%s\\n' 'local all guarded scram-sha-256' 'local all all trust' >data/pg_hba.conf
        if [ -n "$certificate_name" ]; then
            echo 'hostssl all all 127.0.0.0/8 trust' >>data/pg_hba.conf
            "${as[@]}" openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=fichas \\
                -addext "subjectAltName=$certificate_name" -keyout data/server.key -out data/server.crt 2>&1 || exit 1
        fi
        start() {
            "${as[@]}" "$bin/postgres" -D data 2>&1 </dev/null &
            server=$!
        }
        start
        while read -r command; do
            case $command in
                start) start ;;
                kill)
                    children=$(ps -o pid= --ppid "$server")
                    kill -KILL "$server"
                    wait "$server"
                    # They notice by themselves; until the last one has, no other server may touch the data.
                    for child in $children; do while kill -0 "$child" 2>/dev/null; do sleep 0.01; done; done
                    echo killed
                    ;;
            esac
        done
        """
}
