#!/usr/bin/env bash
# Installs net-mock-ami into $RUNNER_TEMP/net-mock-ami: what $MOCK_PACKAGE names, else what the project that this file is a part of makes.
set -euo pipefail

package=$MOCK_PACKAGE
if [ -z "$package" ]; then
  project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
  packed="$RUNNER_TEMP/net-mock-ami-package"
  mkdir -p "$packed"
  # installing builds it
  npm ci --prefix "$project" --no-audit --no-fund
  npm pack --prefix "$project" --workspace net-mock-ami --pack-destination "$packed"
  tarballs=("$packed"/*.tgz)
  package=${tarballs[0]}
fi
npm install --prefix "$RUNNER_TEMP/net-mock-ami" --no-audit --no-fund "$package"
