#!/usr/bin/env bash
# Starts net-mock-ami in the background, waits until it says that it listens, and writes where to $GITHUB_OUTPUT.
set -euo pipefail

log="$RUNNER_TEMP/net-mock-ami.log"
ready="$RUNNER_TEMP/net-mock-ami.json"
: >"$ready"

args=(--port "$MOCK_PORT" --json)
[ -z "$MOCK_PLAY" ] || args+=(--play "$MOCK_PLAY")
read -r -a more <<<"$MOCK_OPTIONS"
nohup "$MOCK_COMMAND" "${args[@]}" ${more[@]+"${more[@]}"} >"$ready" 2>"$log" </dev/null &
pid=$!

for ((tenths = 0; tenths < MOCK_TIMEOUT_SECONDS * 10; tenths++)); do
  if [ -s "$ready" ]; then
    node --print "
      const { amiPort, httpPort } = JSON.parse(require('node:fs').readFileSync(process.argv[1], 'utf8'));
      'port=' + amiPort + '\nhttp-port=' + (httpPort ?? '')" "$ready" >>"$GITHUB_OUTPUT"
    printf 'pid=%s\nlog=%s\n' "$pid" "$log" >>"$GITHUB_OUTPUT"
    exit 0
  fi
  kill -0 "$pid" 2>/dev/null || break
  sleep 0.1
done

echo "::error::net-mock-ami does not listen: $(tail -n 1 "$log")"
kill "$pid" 2>/dev/null || true
exit 1
