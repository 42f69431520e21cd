#!/usr/bin/env bash
# Starts net-mock-ami in the background, waits until it says that it listens, and writes where to $GITHUB_OUTPUT.
set -euo pipefail

log="$RUNNER_TEMP/net-mock-ami.log"
ready="$RUNNER_TEMP/net-mock-ami.json"
rm -f "$ready"

args=(--port "$MOCK_PORT" --ready-file "$ready")
[ -z "$MOCK_PLAY" ] || args+=(--play "$MOCK_PLAY")
if [ -n "${MOCK_OPTIONS//[[:space:]]/}" ]; then
  # xargs reads quotes as a shell does, and runs nothing that stands in them
  options=$(xargs -n 1 printf '%s\n' <<<"$MOCK_OPTIONS") || {
    echo "::error::options: a quote is not closed in: $MOCK_OPTIONS"
    exit 1
  }
  while IFS= read -r option; do args+=("$option"); done <<<"$options"
fi
nohup "$MOCK_COMMAND" "${args[@]}" >"$log" 2>&1 </dev/null &
pid=$!

for ((tenths = 0; tenths < MOCK_TIMEOUT_SECONDS * 10; tenths++)); do
  if [ -e "$ready" ]; then
    node --print "
      const { amiPort, httpPort, controlUrl } = JSON.parse(require('node:fs').readFileSync(process.argv[1], 'utf8'));
      ['port=' + amiPort, 'http-port=' + (httpPort ?? ''), 'control-url=' + (controlUrl ?? '')].join('\n')" "$ready" >>"$GITHUB_OUTPUT"
    printf 'pid=%s\nlog=%s\n' "$pid" "$log" >>"$GITHUB_OUTPUT"
    exit 0
  fi
  kill -0 "$pid" 2>/dev/null || break
  sleep 0.1
done

echo "::error::net-mock-ami does not listen: $(tail -n 1 "$log")"
kill "$pid" 2>/dev/null || true
exit 1
